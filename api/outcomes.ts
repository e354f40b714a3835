import type { Rejection } from '../rules/migration/events.js';
import type { Outcome } from './migrations.js';
import { ApiProblem, unavailable } from './problem.js';

/** `PartyNotInMigration` → `party-not-in-migration`. */
const codeOf = (type: string): string => type.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

const withChoices = ({ message, choices }: Rejection): string =>
  choices.length === 0 ? message : `${message} Choose one of: ${choices.join(', ')}.`;

const rejected = (rejection: Rejection, status: number, title: string): ApiProblem =>
  new ApiProblem({
    code: codeOf(rejection.type),
    status,
    title,
    detail: withChoices(rejection),
    extra: { rejection: rejection.type, choices: rejection.choices },
  });

/** A refusal by the migration itself, as the client sees it. */
export function rejectionProblem(rejection: Rejection): ApiProblem {
  switch (rejection.type) {
    case 'WrongMigration':
      return rejected(rejection, 409, 'Another migration of this practice is running');
    case 'PreviewOutdated':
      return rejected(rejection, 409, 'The migration has changed since the preview');
    case 'MigrationClosed':
      return absentProblem('closed', rejection.message);
    default:
      return rejected(rejection, 422, 'This does not fit the migration');
  }
}

/** No such migration is running; the body says whether there never was one, or it has closed. */
export const absentProblem = (state: 'unknown' | 'closed', detail: string): ApiProblem =>
  new ApiProblem({
    code: `migration-${state}`,
    status: 404,
    title: state === 'closed' ? 'The migration has closed' : 'There is no such migration',
    detail,
    extra: { migration: state },
  });

/**
 * The answer, when there is one.
 *
 * @throws ApiProblem 404, 409, 422 or 503
 */
export function answerOf<Answer>(outcome: Outcome<Answer>): Answer {
  switch (outcome.kind) {
    case 'answered':
      return outcome.answer;
    case 'rejected':
      throw rejectionProblem(outcome.rejection);
    case 'absent':
      throw absentProblem(outcome.state, outcome.detail);
    case 'unavailable':
      throw unavailable(outcome.detail);
  }
}
