import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { kept } from '../../config/kept.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { loadRuleSet } from '../../config/loadRuleSet.js';
import type { Register } from '../../register/types.js';
import type { Day } from '../../rules/calendar/day.js';
import { DIVISIONS, type Division } from '../../rules/calendar/division.js';
import { createWorkingDayCalendar } from '../../rules/calendar/workingDays.js';
import { learnTurnarounds } from '../../rules/turnarounds/learn.js';
import { turnaroundsAnswer } from '../answers/system.js';
import { wantedText } from '../plainJson.js';
import { orUnavailable } from './orUnavailable.js';

/** The rule set that an order has unless it names another. */
const RULE_SET = 'gp-england';

const query = z.object({ supplierId: wantedText(100).exactOptional().describe('Only this supplier.') });

type Between = (division: string, from: Day, to: Day) => number;

async function workingDays(): Promise<Between> {
  const { from, horizon, divisions } = await loadCalendar();
  const calendarOf = (division: Division) =>
    createWorkingDayCalendar({ division, from, horizon, holidays: divisions[division] });
  const calendars = new Map<string, ReturnType<typeof calendarOf>>(DIVISIONS.map((each) => [each, calendarOf(each)]));
  return (division, start, end) => calendars.get(division)?.workingDaysBetween(start, end) ?? 0;
}

/** What suppliers have taken, offered beside what the rules assume; nothing is changed by it. */
export const turnaroundRoutes =
  ({ register }: { register: Pick<Register, 'hopsDone'> }): FastifyPluginAsyncZod =>
  async (app) => {
    const [between, ruleSets] = [kept(workingDays), kept(loadRuleSet)];
    app.get(
      '/turnarounds',
      {
        schema: {
          summary: 'What suppliers have taken, beside what the rules assume',
          tags: ['portfolio'],
          querystring: query,
          response: { 200: turnaroundsAnswer },
        },
      },
      async ({ query: { supplierId } }) => {
        const { turnaround } = (await ruleSets(RULE_SET)).extracts;
        const learned = learnTurnarounds(await orUnavailable(register.hopsDone()), await between('in use'));
        const meant = learned.filter((each) => supplierId === undefined || each.supplierId === supplierId);
        const sorted = meant.toSorted((a, b) => a.supplierId.localeCompare(b.supplierId));
        return {
          turnarounds: sorted.map((each) => {
            const { amount, unit, assumed } = turnaround[each.part];
            return { ...each, rules: { amount, unit, assumed } };
          }),
        };
      },
    );
  };
