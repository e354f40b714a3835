/** Refusals by the migration, in words for a reader of a page. */
import type { Rejection, RejectionType } from '../../rules/migration/events.js';
import type { Outcome } from '../migrations.js';
import type { OpenPage } from './door.js';
import type { FieldError } from './fields.js';
import { PageProblem, unavailablePage } from './problem.js';
import { pageView } from './view.js';

/** Not running any more: there is nothing to answer. */
export const closedPage = (opened: OpenPage, status: number): PageProblem =>
  new PageProblem({ status, template: 'closed', context: { page: pageView(opened) } });

const CLOSED: readonly RejectionType[] = ['MigrationClosed', 'WrongMigration'];

const blockers = ({ page }: OpenPage, { choices }: Rejection): string => {
  const titles = choices.map((id) => page.tasks.find(({ milestoneId }) => milestoneId === id)?.title);
  const own = titles.filter((title) => title !== undefined);
  if (own.length === 0) return `${choices.length} other things have to be done first`;
  return `This has to be done first: ${own.join('; ')}`;
};

function fieldErrorOf(opened: OpenPage, rejection: Rejection): FieldError {
  const { csu } = opened.page;
  switch (rejection.type) {
    case 'CountsNotZero':
      return {
        field: 'name',
        text: 'The numbers last reported are too high for this to be done. Report the new numbers first',
        href: `${opened.base}/counts`,
      };
    case 'Blocked':
      return { field: 'name', text: blockers(opened, rejection) };
    case 'DateNeeded':
      return { field: 'day', text: `This day cannot be taken. ${rejection.message}` };
    case 'PatientData':
      return { field: 'text', text: rejection.message };
    default:
      return { field: 'name', text: `This cannot be recorded here. Ask ${csu.name}: ${csu.mailbox}` };
  }
}

/** Somebody has settled it meanwhile. */
const isSettled = ({ type }: Rejection): boolean => type === 'MilestoneSettled';

/** What a form's answer came to: the answer; an error to show beside a field; or that somebody else was first. */
export type Settlement<Answer> =
  { kind: 'answered'; answer: Answer } | { kind: 'wrong'; error: FieldError } | { kind: 'settledBefore' };

/** Reads what the migration answered. @throws PageProblem 409, 410 or 503 */
export function settle<Answer>(opened: OpenPage, outcome: Outcome<Answer>): Settlement<Answer> {
  if (outcome.kind === 'answered') return outcome;
  if (outcome.kind === 'unavailable') throw unavailablePage();
  if (outcome.kind === 'absent') throw new PageProblem({ status: 410, template: 'gone' });
  const { rejection } = outcome;
  if (CLOSED.includes(rejection.type)) throw new PageProblem({ status: 410, template: 'gone' });
  return isSettled(rejection) ? { kind: 'settledBefore' } : { kind: 'wrong', error: fieldErrorOf(opened, rejection) };
}
