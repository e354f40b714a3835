/** Other changes of a migration than of its days: another order, newer rules, a hold, and calling it off. */
import type { FastifyReply } from 'fastify';
import { stringify } from 'yaml';
import type { z } from 'zod';
import { cancelledAnswer } from '../../answers/actions.js';
import { migrationAnswer } from '../../answers/migrations.js';
import { holdAnswer, orderAnswer, redateAnswer, redatePreviewAnswer } from '../../answers/redate.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { keptHtml } from '../kept.js';
import { closedWords, hrefOf, migrationView } from '../migration/frame.js';
import type { Shown } from '../migration/read.js';
import { previewView } from '../move/view.js';
import { requestIdOf, wordsOfRefusal } from '../orders/order.js';
import { operatorHtml } from '../shell.js';
import type { Take, Visit } from '../visit.js';
import { ways, type WayName } from './ways.js';

const FRAME = { section: 'portfolio' } as const;

type Migration = Shown['migration'];

const path = ({ params: { id } }: Visit): string => `/migrations/${encodeURIComponent(id)}`;

const migrationOf = async (visit: Visit): Promise<Migration> =>
  (await visit.desk.get(path(visit), migrationAnswer)).migration;

/** Which form was sent, and what is wrong with it. */
interface Wrong {
  form: 'amend' | 'adopt' | 'hold' | 'cancel';
  errors: string[];
}

/** As it stands; empty while the migration itself cannot be asked. */
async function orderText(visit: Visit): Promise<string> {
  try {
    return stringify((await visit.desk.get(`${path(visit)}/order`, orderAnswer)).order);
  } catch (error) {
    if (error instanceof Refused && [404, 503].includes(error.status)) return '';
    throw error;
  }
}

async function formHtml(visit: Visit, migration: Migration, wrong?: Wrong): Promise<string> {
  const { signedIn, typed } = visit;
  const view = {
    migration: migrationView(migration),
    rehearsal: migration.rehearsal,
    isHeld: migration.phase === 'onHold',
    wrong: wrong ?? null,
    errors: wrong?.errors ?? [],
    requestId: requestIdOf(typed),
  };
  const order = typed['order'] ?? (await orderText(visit));
  return operatorHtml('change', { signedIn, ...FRAME }, view, { typed: { ...typed, order } });
}

/** `/operator/migrations/:id/change`. */
export const changePage = async (visit: Visit): Promise<string> => formHtml(visit, await migrationOf(visit));

/** It is over, as the register knows already or the migration itself says. */
const overtakenHtml = (visit: Visit, migration: Migration, detail = closedWords(migration)): string =>
  keptHtml(visit, {
    ...({ why: 'overtaken', signedIn: visit.signedIn, text: detail } as const),
    back: hrefOf(migration.migrationId),
  });

/** @param does answers with a page; what the API refuses of it is said at its form */
async function changing(
  visit: Visit,
  form: Wrong['form'],
  does: (migration: Migration) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const { reply } = visit;
  const migration = await migrationOf(visit);
  if (migration.status !== 'running') return sendPage(reply, 409, overtakenHtml(visit, migration));
  try {
    return await does(migration);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { status, problem } = error;
    if (status === 404) return sendPage(reply, status, overtakenHtml(visit, migration, problem.detail));
    if (![400, 409, 413, 422].includes(status)) throw error;
    return sendPage(reply, status, await formHtml(visit, migration, { form, errors: wordsOfRefusal(error) }));
  }
}

const CHANGED = 'The migration has changed since you looked. This is what it would do now: look again.';

async function previewHtml(visit: Visit, migration: Migration, name: WayName, note = ''): Promise<string> {
  const { desk, typed, signedIn } = visit;
  const { bodyOf, kept, ...words } = ways[name];
  const sent = { body: bodyOf(typed), requestId: requestIdOf({}) };
  const preview = await desk.post(`${path(visit)}/${name}/preview`, sent, redatePreviewAnswer);
  const view = {
    way: { ...words, href: `${hrefOf(migration.migrationId)}/change/${name}` },
    migration: migrationView(migration),
    rehearsal: migration.rehearsal,
    note,
    requestId: requestIdOf({}),
    preview: previewView(preview),
  };
  const fields = kept.map((field) => ({ name: field, value: typed[field] ?? '' }));
  return operatorHtml('movePreview', { signedIn, ...FRAME }, view, { kept: fields, reason: typed['reason'] ?? '' });
}

/** What it would do; nothing is touched. */
export const lookAtChange =
  (name: WayName): Take =>
  (visit) =>
    changing(visit, name, async (migration) => sendPage(visit.reply, 200, await previewHtml(visit, migration, name)));

/** Does it as it was shown; where the migration has changed since, shows it anew. */
export const commitChange =
  (name: WayName): Take =>
  (visit) =>
    changing(visit, name, async (migration) => {
      const { typed, desk, reply } = visit;
      const { reason = '', version = '', accept } = typed;
      if (reason.trim() === '') return sendPage(reply, 400, await previewHtml(visit, migration, name, WHY));
      const body = { ...ways[name].bodyOf(typed), reason: reason.trim(), version, acceptRisks: accept === 'yes' };
      try {
        await desk.post(`${path(visit)}/${name}`, { body, requestId: requestIdOf(typed) }, redateAnswer);
        return await reply.redirect(`${hrefOf(migration.migrationId)}?said=${name}`, 303);
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 409) throw error;
        return sendPage(reply, 409, await previewHtml(visit, migration, name, CHANGED));
      }
    });

const WHY = 'Nothing has been changed yet: say why.';

const STATES = { hold: holdAnswer, cancel: cancelledAnswer } as const satisfies Record<string, z.ZodType>;

/** Holds it, or calls it off; the same form sent twice does it once. */
export const changeState =
  (form: keyof typeof STATES): Take =>
  (visit) =>
    changing(visit, form, async (migration) => {
      const { typed, desk, reply } = visit;
      const reason = (typed['reason'] ?? '').trim();
      const errors = [
        ...(reason === '' ? ['Enter why'] : []),
        ...(form === 'cancel' && typed['sure'] !== 'yes' ? ['Tick that it is to be called off for good'] : []),
      ];
      if (errors.length > 0) return sendPage(reply, 400, await formHtml(visit, migration, { form, errors }));
      await desk.post(`${path(visit)}/${form}`, { body: { reason }, requestId: requestIdOf(typed) }, STATES[form]);
      return reply.redirect(`${hrefOf(migration.migrationId)}?said=${form}`, 303);
    });
