/** One milestone: how its day came about, what has come of it, and forms to say so. */
import { randomUUID } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import type { z } from 'zod';
import { milestoneAnswer } from '../../answers/actions.js';
import { explanationAnswer } from '../../answers/explanation.js';
import { messagesAnswer } from '../../answers/migrations.js';
import { historyAnswer } from '../../answers/system.js';
import { readRequestId, type FieldError, type Typed } from '../../pages/fields.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { liveMigration } from '../live/view.js';
import { closedWords, hrefOf, migrationView } from '../migration/frame.js';
import { isLate, milestoneView } from '../migration/milestones.js';
import { partyNames, readMigration, type MigrationRead, type Shown } from '../migration/read.js';
import { keptHtml } from '../kept.js';
import { nothingHere, OperatorPageProblem } from '../problem.js';
import { auditWords, detailWords, messageWords, roleWords } from '../recordWords.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { capital, instantWords, shortDay } from '../words.js';
import { explanationView, type Explained } from './explanation.js';
import { errorsOf, isVerb, readForm, requestIdFor, type Verb } from './forms.js';

type Milestone = Shown['milestones'][number];

interface Opened {
  read: MigrationRead;
  milestone: Milestone;
  /** Absent while the migration itself cannot be asked. */
  explained?: Explained;
}

interface Again {
  verb: Verb;
  typed: Typed;
  errors: FieldError[];
}

const pathOf = ({ params: { milestone } }: Visit, id: string): string =>
  `/migrations/${encodeURIComponent(id)}/milestones/${encodeURIComponent(milestone)}`;

async function explanationOf(visit: Visit, id: string): Promise<Explained | undefined> {
  try {
    return await visit.desk.get(`${pathOf(visit, id)}/explanation`, explanationAnswer);
  } catch (error) {
    if (error instanceof Refused && [404, 503].includes(error.status)) return undefined;
    throw error;
  }
}

async function open(visit: Visit): Promise<Opened> {
  const read = await readMigration(visit.desk, visit.params.id);
  const milestone = read.milestones.find(({ milestoneId }) => milestoneId === visit.params.milestone);
  if (milestone === undefined) throw new OperatorPageProblem(nothingHere);
  const explained = await explanationOf(visit, read.migration.migrationId);
  return { read, milestone, ...(explained && { explained }) };
}

type AuditRow = z.infer<typeof historyAnswer>['audit'][number];

const isAbout = ({ data }: AuditRow, { milestoneId }: Milestone): boolean => data['milestoneId'] === milestoneId;

/** Who did what, and what went out, about this milestone. */
async function whatHappened({ desk }: Visit, { read, milestone }: Opened) {
  const path = `/migrations/${encodeURIComponent(read.migration.migrationId)}`;
  const { audit } = await desk.get(`${path}/history`, historyAnswer);
  const { messages } = await desk.get(`${path}/messages`, messagesAnswer);
  const nameOf = partyNames(read);
  return {
    audit: audit
      .filter((row) => isAbout(row, milestone))
      .map(({ atMs, actor, type, data: { milestoneId: _, ...rest } }) => ({
        at: instantWords(atMs),
        what: auditWords(type),
        actor,
        details: Object.entries(rest).map(detailWords),
      })),
    messages: messages
      .filter(({ milestoneIds }) => milestoneIds.includes(milestone.milestoneId))
      .map(({ kind, toKey, outcome, sentAtMs }) => ({
        kind: messageWords(kind),
        to: roleWords(toKey, nameOf),
        outcome,
        at: instantWords(sentAtMs),
      })),
  };
}

const isOpen = ({ read, milestone }: Opened): boolean =>
  milestone.status === 'open' && read.migration.status === 'running';

function mayView({ signedIn }: Visit, opened: Opened): object {
  const { read, milestone, explained } = opened;
  const works = isOpen(opened) && signedIn.role !== 'viewer' && explained !== undefined;
  const hasSlipped = milestone.slippedOn !== undefined || isLate(milestone, read.today);
  return {
    done: works,
    waive: works && explained.canBeWaived,
    acknowledge: works && hasSlipped,
    isViewer: isOpen(opened) && signedIn.role === 'viewer',
  };
}

const SAID: Readonly<Record<string, string>> = {
  done: 'It is recorded as done.',
  mismatch: 'It is noted, but for another day than the plan’s, and so does not count as done yet.',
  waive: 'It is recorded as not needed.',
  acknowledge: 'It is recorded that you have this. Its reminders and escalations rest.',
};

async function pageHtml(visit: Visit, opened: Opened, again?: Again): Promise<string> {
  const { read, milestone, explained } = opened;
  const entry = read.timeline.get(milestone.milestoneId);
  const taken = entry?.slipAcknowledged;
  const view = {
    rehearsal: read.migration.rehearsal,
    live: liveMigration(read.migration),
    migration: migrationView(read.migration),
    milestone: milestoneView(read, milestone),
    settledBy: milestone.settledBy ?? '',
    statedDate: shortDay(entry?.statedDate),
    acknowledgedOn: shortDay(entry?.acknowledgedOn),
    takenOn: taken === undefined ? '' : `${taken.by}, ${shortDay(taken.on)}${taken.note ? `: ${taken.note}` : ''}`,
    rungs: (entry?.rungs ?? []).map(({ type, to, on, state }) => ({
      type: capital(type),
      to: roleWords(to, partyNames(read)),
      state,
      on: shortDay(on),
    })),
    explained: explained === undefined ? null : explanationView(explained),
    namesDay: explained?.namesDay ?? false,
    forDay: shortDay(explained?.forDay),
    outcomes: (explained?.outcomes ?? []).map((value) => ({ value, text: outcomeTitles[value] })),
    may: mayView(visit, opened),
    said: SAID[visit.query['said'] ?? ''] ?? '',
    ...(await whatHappened(visit, opened)),
  };
  const { typed = {}, errors = [], verb } = again ?? {};
  const requestId = readRequestId(typed) ?? randomUUID();
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const frame = { signedIn: visit.signedIn, section: 'portfolio' } as const;
  return operatorHtml('milestone', frame, view, { typed, errors, errorOf, requestId, again: verb ?? null });
}

const outcomeTitles = { needed: 'It is needed', notNeeded: 'It is not needed' };

export const milestonePage = async (visit: Visit): Promise<string> => pageHtml(visit, await open(visit));

const hrefOfMilestone = ({ read, milestone }: Opened): string =>
  `${hrefOf(read.migration.migrationId)}/milestones/${encodeURIComponent(milestone.milestoneId)}`;

/** Somebody was first, or the migration is off: there is no form any more. */
const overtakenHtml = (visit: Visit, opened: Opened, { problem }: Refused): string =>
  keptHtml(visit, {
    why: 'overtaken',
    signedIn: visit.signedIn,
    text: [closedWords(opened.read.migration), problem.detail].filter((text) => text !== '').join(' '),
    back: hrefOfMilestone(opened),
  });

/** A refusal is shown in the form, with what was typed; of one that another try may mend, the id stays as it is. */
async function showAgain(visit: Visit, opened: Opened, verb: Verb, error: Refused): Promise<FastifyReply> {
  if (!isOpen(opened)) return sendPage(visit.reply, error.status, overtakenHtml(visit, opened, error));
  const { request: _, ...typed } = visit.typed;
  const kept = error.status === 503 ? visit.typed : typed;
  const errors = errorsOf(verb, error.problem);
  return sendPage(visit.reply, error.status, await pageHtml(visit, opened, { verb, typed: kept, errors }));
}

export async function takeMilestone(visit: Visit): Promise<FastifyReply> {
  const { what } = visit.params;
  if (!isVerb(what)) throw new OperatorPageProblem(nothingHere);
  const opened = await open(visit);
  const { read, explained } = opened;
  const { migrationId } = read.migration;
  const here = hrefOfMilestone(opened);
  if (explained === undefined)
    return sendPage(visit.reply, 503, keptHtml(visit, { why: 'away', signedIn: visit.signedIn }));
  const reading = readForm(what, visit.typed, explained);
  if (!reading.ok) {
    const again = { verb: what, typed: visit.typed, errors: reading.errors };
    return sendPage(visit.reply, 400, await pageHtml(visit, opened, again));
  }
  try {
    const sent = { body: reading.body, requestId: requestIdFor(visit.typed, reading.body) };
    const { status } = await visit.desk.post(`${pathOf(visit, migrationId)}/${what}`, sent, milestoneAnswer);
    const said = what === 'done' && status !== 'done' ? 'mismatch' : what;
    return await visit.reply.redirect(`${here}?said=${said}`, 303);
  } catch (error) {
    if (error instanceof Refused) return showAgain(visit, opened, what, error);
    throw error;
  }
}
