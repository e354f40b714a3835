/** What dates are counted with: the rules, a file of them that is to be checked, and the bank holidays. */
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { checkRulesText, isUsable } from '../../config/checkRules.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { loadRuleSet } from '../../config/loadRuleSet.js';
import { todayInLondon } from '../../config/today.js';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { inspectCalendar } from '../../rules/calendar/inspectCalendar.js';
import { calendarSummary, isReliable } from '../../rules/calendar/summary.js';
import { slugSchema } from '../../rules/order/fields.js';
import { rulesAlone } from '../../rules/ruleset/rulesAlone.js';
import { calendarAnswer, rulesAnswer, rulesCheckAnswer } from '../answers/reference.js';
import { textLine } from '../plainJson.js';
import { withKnownRules } from './knownRules.js';
import { MAX_ORDER_BYTES } from './requests.js';

const tags = ['rules'];

const rulesParams = z.object({
  ruleSet: slugSchema.describe('One that ships with the product, or one of the deployment’s own.'),
});

const checkBody = z.strictObject({
  fileName: textLine(300).describe('Name of the file, for messages about it.'),
  text: z.string().max(1_000_000).describe('A rule set, or a layer over one that is in place; YAML or JSON.'),
});

const calendarQuery = z.object({
  asOf: daySchema.exactOptional().describe('Judges the horizon as of this day; today by default.'),
});

/** `GET /api/rules/ID`, `POST /api/rules/check`, `GET /api/calendar`. */
export const referenceRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/rules/:ruleSet',
    {
      schema: {
        summary: 'A rule set as it stands alone: every rule, with what is assumed',
        tags,
        params: rulesParams,
        response: { 200: rulesAnswer },
      },
    },
    async ({ params }) => ({ ...rulesAlone(await withKnownRules(loadRuleSet(params.ruleSet), 404)) }),
  );
  app.post(
    '/rules/check',
    {
      bodyLimit: MAX_ORDER_BYTES,
      config: { role: 'viewer' },
      schema: {
        summary: 'Everything that is wrong with a file of rules, at its line; nothing is kept',
        tags,
        body: checkBody,
        response: { 200: rulesCheckAnswer },
      },
    },
    async ({ body: { text, fileName } }) => {
      const checked = await checkRulesText(text, fileName);
      return { ...checked, usable: isUsable(checked) };
    },
  );
  app.get(
    '/calendar',
    {
      schema: {
        summary: 'The bank holidays in use: where they come from, how far they reach, and what is unusual about them',
        tags,
        querystring: calendarQuery,
        response: { 200: calendarAnswer },
      },
    },
    async ({ query: { asOf = todayInLondon() } }) => {
      const calendar = await loadCalendar();
      const findings = inspectCalendar(calendar, asOf);
      return { ok: isReliable(findings), asOf, ...calendarSummary(calendar), findings };
    },
  );
};
