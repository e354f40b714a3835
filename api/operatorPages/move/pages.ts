/** Moving days: which to where, what that would do side by side, and then doing it. Looking alone is the "what if". */
import type { FastifyReply } from 'fastify';
import { migrationAnswer } from '../../answers/migrations.js';
import { redateAnswer, redatePreviewAnswer } from '../../answers/redate.js';
import type { FieldError } from '../../pages/fields.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { keptHtml } from '../kept.js';
import { closedWords, hrefOf, migrationView } from '../migration/frame.js';
import type { Shown } from '../migration/read.js';
import { requestIdOf } from '../orders/order.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { dayFields, KEPT_FIELDS, whereIn } from './form.js';
import { previewView } from './view.js';

const FRAME = { section: 'portfolio' } as const;

const path = ({ params: { id } }: Visit): string => `/migrations/${encodeURIComponent(id)}`;

const migrationOf = async (visit: Visit): Promise<Shown['migration']> =>
  (await visit.desk.get(path(visit), migrationAnswer)).migration;

function formHtml({ signedIn, typed }: Visit, migration: Shown['migration'], errors: FieldError[] = []): string {
  const errorOf = Object.fromEntries(errors.map(({ field, text }) => [field, text]));
  const view = {
    migration: migrationView(migration),
    rehearsal: migration.rehearsal,
    errors,
    errorOf,
    isHeld: isHeld(migration),
  };
  const days = dayFields(migration.anchors, typed);
  return operatorHtml('move', { signedIn, ...FRAME }, view, { days, typed: { ...typed } });
}

export const movePage = async (visit: Visit): Promise<string> => formHtml(visit, await migrationOf(visit));

/** Words of the API for what cannot be, at the top of the form. */
const refusedHtml = (visit: Visit, migration: Shown['migration'], { problem }: Refused): string =>
  formHtml(visit, migration, [{ field: 'to-initial', text: problem.detail }]);

const isOfTheMove = ({ status }: Refused): boolean => [400, 422].includes(status);

/** Of the preview, see `Way`; by the last step of the API's address. */
const WORDS = {
  redate: { heading: 'What the move does', whyLabel: 'Why the days move', button: 'Move the days' },
  resume: { heading: 'What going on does', whyLabel: 'Why it goes on', button: 'Go on with these days' },
};

const isHeld = ({ phase }: Shown['migration']): boolean => phase === 'onHold';

/** What is on hold goes on with new days, and with nothing else. */
const wayOf = (migration: Shown['migration']): keyof typeof WORDS => (isHeld(migration) ? 'resume' : 'redate');

interface Looked {
  visit: Visit;
  migration: Shown['migration'];
  where: object;
  /** What was changed meanwhile, where the page is shown for the second time. */
  note?: string;
}

async function previewHtml({ visit, migration, where, note = '' }: Looked): Promise<string> {
  const { desk, typed, signedIn } = visit;
  const sent = { body: where, requestId: requestIdOf({}) };
  const preview = await desk.post(`${path(visit)}/${wayOf(migration)}/preview`, sent, redatePreviewAnswer);
  const frame = { migration: migrationView(migration), rehearsal: migration.rehearsal, note };
  const way = { ...WORDS[wayOf(migration)], href: `${hrefOf(migration.migrationId)}/move` };
  const kept = KEPT_FIELDS.map((name) => ({ name, value: typed[name] ?? '' }));
  const view = { ...frame, way, requestId: requestIdOf({}), preview: previewView(preview) };
  return operatorHtml('movePreview', { signedIn, ...FRAME }, view, { kept, reason: typed['reason'] ?? '' });
}

/** It is over, as the register knows already or the migration itself says. */
const overtakenHtml = (visit: Visit, migration: Shown['migration'], detail = closedWords(migration)): string =>
  keptHtml(visit, {
    ...({ why: 'overtaken', signedIn: visit.signedIn, text: detail } as const),
    back: hrefOf(migration.migrationId),
  });

/** @param shows answers with a page once it is clear where to */
async function withWhere(
  visit: Visit,
  shows: (migration: Shown['migration'], where: object) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const migration = await migrationOf(visit);
  const read = whereIn(visit.typed, migration.anchors, isHeld(migration));
  if (migration.status !== 'running') return sendPage(visit.reply, 409, overtakenHtml(visit, migration));
  if (read.kind === 'wrong') return sendPage(visit.reply, 400, formHtml(visit, migration, read.errors));
  // The form was sent twice, or comes back from the browser's memory: it has been done.
  if (read.kind === 'there') return visit.reply.redirect(`${hrefOf(migration.migrationId)}?moved=there`, 303);
  try {
    return await shows(migration, read.where);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, problem } = error;
    if (status === 404) return sendPage(visit.reply, status, overtakenHtml(visit, migration, problem.detail));
    if (!isOfTheMove(error)) throw error;
    return sendPage(visit.reply, status, refusedHtml(visit, migration, error));
  }
}

/** What it would do; nothing is touched. */
export const lookAtMove = (visit: Visit): Promise<FastifyReply> =>
  withWhere(visit, async (migration, where) =>
    sendPage(visit.reply, 200, await previewHtml({ visit, migration, where })),
  );

const CHANGED =
  'The migration has changed since you looked. This is what the move would do now: look again before you move the days.';

const NOT_ALL =
  'Not every practice on the instance has moved. Below, those that “move with it” have not: move the days again, which moves the rest.';

/** Moves them as they were shown; where the migration has changed since, shows it anew. */
export const moveDays = (visit: Visit): Promise<FastifyReply> =>
  withWhere(visit, async (migration, where) => {
    const { typed, desk, reply } = visit;
    const reason = (typed['reason'] ?? '').trim();
    if (reason === '')
      return sendPage(reply, 400, formHtml(visit, migration, [{ field: 'reason', text: 'Enter why the days move' }]));
    const { version = '', accept } = typed;
    const body = { ...where, reason, version, acceptRisks: accept === 'yes' };
    try {
      const { instance } = await desk.post(
        `${path(visit)}/${wayOf(migration)}`,
        { body, requestId: requestIdOf(typed) },
        redateAnswer,
      );
      if (instance?.practices.some(({ state }) => state === 'failed'))
        return await sendPage(reply, 200, await previewHtml({ visit, migration, where, note: NOT_ALL }));
      return await reply.redirect(`${hrefOf(migration.migrationId)}?moved=yes`, 303);
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 409) throw error;
      return sendPage(reply, 409, await previewHtml({ visit, migration, where, note: CHANGED }));
    }
  });
