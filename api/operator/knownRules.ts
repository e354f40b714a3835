import { UnknownRuleSetError } from '../../config/loadRuleSet.js';
import { ApiProblem } from '../problem.js';

/** A request or an order can name rules that are not there. @throws ApiProblem 422, or 404 where it asks for just those */
export async function withKnownRules<Result>(work: Promise<Result>, status: 404 | 422 = 422): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof UnknownRuleSetError)) throw error;
    const { message: detail } = error;
    throw new ApiProblem({ code: 'unknown-rule-set', status, title: 'There is no such rule set', detail });
  }
}
