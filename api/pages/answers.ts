/** From what a reader says on a page to what the migration is told. */
import { createHash } from 'node:crypto';
import type { Day } from '../../rules/calendar/day.js';
import type { PageTask } from '../../rules/migration/page.js';
import type { Migrations, OperatorRequest, Outcome } from '../migrations.js';
import type { OpenPage } from './door.js';

/** What a reader is thanked for. mismatch: noted, but for another day than the plan's. */
export const confirmations = ['done', 'mismatch', 'acknowledged', 'counts', 'help'] as const;
export type Confirmation = (typeof confirmations)[number];

export interface Saying {
  opened: OpenPage;
  /** As typed. */
  name: string;
  /** Of the form: a repeat has no second effect. */
  requestId: string;
}

export interface TaskAnswer extends Saying {
  task: PageTask;
  forDay?: Day;
}

/** As the audit trail shows it: `Priya Nayar (practice)`, `Cy Marsh (Alder Health)`. */
const actorOf = ({ opened: { page }, name }: Saying): string => `${name} (${page.partyName ?? 'practice'})`;

const DIGEST_LENGTH = 12;

/** The same form with the same answer; who goes back in the browser and types something else says something new. */
const answerId = ({ requestId }: Saying, payload: object): string =>
  `${requestId}-${createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, DIGEST_LENGTH)}`;

/** Requests of one link never meet those of another, whatever id they bring. */
const requestOf = <Payload extends object>(
  saying: Saying,
  about: string,
  payload: Payload,
): OperatorRequest<Payload> => ({
  target: { migrationId: saying.opened.page.migrationId },
  requestId: `page:${saying.opened.page.role}:${about}:${answerId(saying, payload)}`,
  payload,
});

const confirmed = <Answer>(outcome: Outcome<Answer>, of: (answer: Answer) => Confirmation): Outcome<Confirmation> =>
  outcome.kind === 'answered' ? { kind: 'answered', answer: of(outcome.answer) } : outcome;

/** A third party's word, recorded as its own. */
async function acknowledge(migrations: Migrations, answer: TaskAnswer): Promise<Outcome<Confirmation>> {
  const { migrationId, role } = answer.opened.page;
  const event = {
    webhookId: `page:${answer.requestId}`,
    supplierId: role.split('.')[0] ?? role,
    type: 'notice.acknowledged' as const,
    migrationId,
    recordedBy: actorOf(answer),
  };
  return confirmed(await migrations.sendSupplierEvent({ migrationId }, event), () => 'acknowledged');
}

/** Says that a task is done, for the day that was typed where it is for one. */
export async function answerTask(migrations: Migrations, answer: TaskAnswer): Promise<Outcome<Confirmation>> {
  const { task, forDay } = answer;
  if (task.answer === 'acknowledged') return acknowledge(migrations, answer);
  const { milestoneId } = task;
  const report = { milestoneId, by: actorOf(answer), ...(forDay !== undefined && { forDate: forDay }) };
  const outcome = await migrations.done(requestOf(answer, milestoneId, report));
  return confirmed(outcome, ({ status }) => (status === 'done' ? 'done' : 'mismatch'));
}

export async function reportCounts(
  migrations: Migrations,
  saying: Saying,
  values: Record<string, number>,
): Promise<Outcome<Confirmation>> {
  const outcome = await migrations.reportCounts(requestOf(saying, 'counts', { values, by: actorOf(saying) }));
  return confirmed(outcome, () => 'counts');
}

export async function askHelp(
  migrations: Migrations,
  saying: Saying,
  { milestoneId, text }: { milestoneId: string; text: string },
): Promise<Outcome<Confirmation>> {
  const said = { milestoneId, text, by: actorOf(saying) };
  const payload = { ...said, requestId: answerId(saying, said) };
  return confirmed(await migrations.askHelp(requestOf(saying, milestoneId, payload)), () => 'help');
}
