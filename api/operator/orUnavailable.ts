import { RegisterUnavailableError } from '../../register/errors.js';
import { unavailable } from '../problem.js';

/** What is read from the register. @throws ApiProblem 503 while it is away */
export async function orUnavailable<Result>(looking: Promise<Result>): Promise<Result> {
  try {
    return await looking;
  } catch (error) {
    if (!(error instanceof RegisterUnavailableError)) throw error;
    throw unavailable('The register cannot be read at the moment. Running migrations are not affected.');
  }
}
