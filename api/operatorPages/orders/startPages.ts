/** Starting a migration: an order is put in, its plan is looked at, and it starts. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { projectFolder } from '../../../config/project.js';
import { startedAnswer } from '../../answers/actions.js';
import { planAnswer } from '../../answers/orders.js';
import type { Typed } from '../../pages/fields.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { shortDay } from '../words.js';
import { isOfTheOrder, orderOf, problemWords, requestIdOf, wordsOfRefusal } from './order.js';

const FRAME = { section: 'start' } as const;
/** A day of the worked example passes in a second: all of it in two minutes. */
const EXAMPLE_SPEED = '1d=1s';

const example = (): Promise<string> => readFile(path.join(projectFolder, 'examples/plain.yaml'), 'utf8');

const plannedSchema = z.looseObject({
  milestones: z.array(
    z.looseObject({
      id: z.string(),
      title: z.string(),
      opensOn: z.string().optional(),
      dueOn: z.string().optional(),
      provisional: z.boolean(),
    }),
  ),
});

function formHtml({ signedIn }: Visit, typed: Typed, errors: string[] = []): string {
  const kept = { order: typed['order'] ?? '', asOf: typed['as-of'] ?? '', speed: typed['speed'] ?? '' };
  return operatorHtml('start', { signedIn, ...FRAME }, { errors, requestId: requestIdOf(typed) }, { typed: kept });
}

/** `/operator/start`; with `?example=plain` the worked example is filled in. */
export async function startPage(visit: Visit): Promise<string> {
  if (visit.query['example'] !== 'plain') return formHtml(visit, {});
  return formHtml(visit, { order: await example(), speed: EXAMPLE_SPEED });
}

/** Back to the form, with what was typed. */
export const changeOrder = async (visit: Visit): Promise<FastifyReply> =>
  sendPage(visit.reply, 200, formHtml(visit, visit.typed));

/** What was typed, again, with everything that is wrong with it. */
const again = (visit: Visit, error: unknown): FastifyReply => {
  if (!(error instanceof Refused) || !isOfTheOrder(error)) throw error;
  return sendPage(visit.reply, error.status, formHtml(visit, visit.typed, wordsOfRefusal(error)));
};

/** The plan of what was typed. Nothing is started. */
export async function lookAtOrder(visit: Visit): Promise<FastifyReply> {
  const { desk, typed, signedIn, reply } = visit;
  const requestId = requestIdOf(typed);
  try {
    const answer = await desk.post('/orders/plan', { body: orderOf(typed), requestId }, planAnswer);
    const { milestones } = plannedSchema.parse(answer.plan);
    const view = {
      requestId,
      wouldBeRefused: answer.wouldBeRefused,
      asOf: shortDay(answer.asOf),
      problems: answer.problems.map(problemWords),
      milestones: milestones.map(({ id, title, opensOn, dueOn, provisional }) => ({
        id,
        title,
        provisional,
        from: shortDay(opensOn),
        due: shortDay(dueOn),
      })),
    };
    const kept = { order: typed['order'] ?? '', asOf: typed['as-of'] ?? '', speed: typed['speed'] ?? '' };
    return await sendPage(reply, 200, operatorHtml('planned', { signedIn, ...FRAME }, view, { typed: kept }));
  } catch (error) {
    return again(visit, error);
  }
}

/** Starts it, and shows the migration; the same form sent twice starts it once. */
export async function startOrder(visit: Visit): Promise<FastifyReply> {
  const { desk, typed, reply } = visit;
  const speed = (typed['speed'] ?? '').trim();
  const body = { ...orderOf(typed), ...(speed !== '' && { speed }) };
  try {
    const { migrationId } = await desk.post('/migrations', { body, requestId: requestIdOf(typed) }, startedAnswer);
    return await reply.redirect(`/operator/started/${encodeURIComponent(migrationId)}`, 303);
  } catch (error) {
    return again(visit, error);
  }
}

/** The worked example as a rehearsal, by one button. */
export async function startExample(visit: Visit): Promise<FastifyReply> {
  return startOrder({ ...visit, typed: { ...visit.typed, order: await example(), speed: EXAMPLE_SPEED } });
}

/** It runs; the register, from which its page is made, follows within seconds. */
export const startedPage = ({ params: { id }, signedIn }: Visit): string =>
  operatorHtml('started', { signedIn, ...FRAME }, { id, href: `/operator/migrations/${encodeURIComponent(id)}` });
