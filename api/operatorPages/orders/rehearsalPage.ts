/** An order run in virtual time with nobody doing anything, or everybody early: its mails, escalations and turns, month by month. */
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { formatDay } from '../../../rules/calendar/day.js';
import { rehearsalAnswer } from '../../answers/orders.js';
import { sendPage } from '../../pages/render.js';
import { Refused } from '../desk.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { dayOfInstant, instantWords, phaseTitles } from '../words.js';
import { isOfTheOrder, orderOf, requestIdOf, wordsOfRefusal } from './order.js';

const happeningSchema = z.discriminatedUnion('type', [
  z.looseObject({
    type: z.literal('message'),
    atMs: z.number(),
    message: z.looseObject({
      kind: z.string(),
      to: z.looseObject({ name: z.string() }),
      items: z.array(z.looseObject({ title: z.string() })),
    }),
  }),
  z.looseObject({
    type: z.literal('slipped'),
    atMs: z.number(),
    milestoneId: z.string(),
    lateWorkingDays: z.number(),
  }),
  z.looseObject({ type: z.literal('phase'), atMs: z.number(), phase: z.string() }),
  z.looseObject({ type: z.literal('ended'), atMs: z.number(), status: z.string() }),
]);
type Shown = z.infer<typeof happeningSchema>;

const plural = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

function rowOf(entry: Shown): { what: string; to: string; about: string[]; isEscalation: boolean } {
  const turn = (what: string) => ({ what, to: '', about: [], isEscalation: false });
  switch (entry.type) {
    case 'message': {
      const { kind, to, items } = entry.message;
      const about = [...new Set(items.map(({ title }) => title))];
      return { what: kind, to: to.name, about, isEscalation: kind === 'escalation' || kind === 'callTask' };
    }
    case 'slipped':
      return turn(`${entry.milestoneId} has slipped, by ${plural(entry.lateWorkingDays, 'working day')}`);
    case 'phase':
      return turn(`Phase: ${phaseTitles[entry.phase] ?? entry.phase}`);
    case 'ended':
      return turn(`The migration is ${entry.status}`);
  }
}

/** `January 2027` */
const monthOf = (atMs: number): string => formatDay(dayOfInstant(atMs)).split(' ').slice(2).join(' ');

function monthsOf(trace: readonly unknown[]): object[] {
  const shown = trace.flatMap((entry) => happeningSchema.safeParse(entry).data ?? []);
  const months = new Map<string, object[]>();
  for (const entry of shown) {
    const month = monthOf(entry.atMs);
    months.set(month, [...(months.get(month) ?? []), { at: instantWords(entry.atMs), ...rowOf(entry) }]);
  }
  return [...months].map(([title, rows]) => ({ title, rows }));
}

const SCENARIOS = { nobody: 'doesNothing', early: 'isEarly' } as const;

/** `POST /operator/rehearse`: nothing is sent, and nothing starts. */
export async function rehearseOrder(visit: Visit): Promise<FastifyReply> {
  const { desk, typed, signedIn, reply } = visit;
  const requestId = requestIdOf(typed);
  const scenario = typed['scenario'] === 'early' ? 'early' : 'nobody';
  const kept = { order: typed['order'] ?? '', asOf: typed['as-of'] ?? '', speed: typed['speed'] ?? '' };
  const frame = { signedIn, section: 'start' } as const;
  try {
    const body = { ...orderOf(typed), everybody: SCENARIOS[scenario] };
    const { trace } = await desk.post('/orders/rehearsal', { body, requestId }, rehearsalAnswer);
    const view = { requestId, scenario, months: monthsOf(trace) };
    return await sendPage(reply, 200, operatorHtml('rehearsal', frame, view, { typed: kept }));
  } catch (error) {
    if (!(error instanceof Refused) || !isOfTheOrder(error)) throw error;
    const view = { errors: wordsOfRefusal(error), requestId };
    return sendPage(reply, error.status, operatorHtml('start', frame, view, { typed: kept }));
  }
}
