import { z } from 'zod';
import { daySchema } from '../calendar/daySchema.js';
import { anchorNames } from './anchorNames.js';
import { line, odsCodeSchema, periodSchema, slugSchema, words } from './fields.js';
import { ruleChangeSchema } from './ruleChange.js';
import { sharedInstanceSchema } from './sharedInstance.js';

const emailSchema = z.email('must be an email address like name@example.org');

const personSchema = z.strictObject({
  name: words(),
  email: emailSchema.optional(),
  phone: line(40).optional(),
});

/** Both days inclusive: meanwhile the deputy is written to, or whoever stands in for the role. */
const awaySchema = z
  .strictObject({ from: daySchema, to: daySchema })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before "from"' });

const contactSchema = personSchema.extend({
  deputy: personSchema.optional(),
  away: z.array(awaySchema).max(50).optional(),
});

/** Someone who receives mail from the product, so the address is not optional. */
const mailedContactSchema = contactSchema.extend({ email: emailSchema });

export const anchorNameSchema = z.enum(anchorNames);

const anchorSchema = z.strictObject({ on: daySchema, status: z.enum(['provisional', 'confirmed']) });

/** The third parties of rule 22 of the guide (guide/01-kick-off.md:163-186). */
export const thirdPartyKindSchema = z.enum([
  'eps',
  'gp2gp',
  'scr',
  'pathology',
  'bowelScreening',
  'hospitalLetters',
  'nhs111',
  'outOfHours',
  'pharmacy',
  'pcse',
  'subsidiarySystem',
]);

const productSchema = z.strictObject({
  id: slugSchema,
  name: words(),
  /** Notice the supplier needs before an extract, counted from the completed form (rules.md, E.1). */
  extractNotice: periodSchema.optional(),
});

const turnaroundSchema = z.strictObject({
  /** Supplier: from being asked to the blank form reaching the practice. */
  sendsForm: periodSchema.optional(),
  /** Practice: from the blank form to the completed form leaving. */
  returnsForm: periodSchema.optional(),
  /** From the completed form leaving the practice to the supplier confirming that it has it. */
  confirmsForm: periodSchema.optional(),
  /** Supplier: from having the completed form to naming the day of the extract. */
  schedules: periodSchema.optional(),
});

export const partySchema = z.strictObject({
  id: slugSchema,
  name: words(),
  /** The system by which known data issues are looked up, like `alder-gp`. */
  system: slugSchema.optional(),
  /** The supplier's layer of rules that counts for this party. */
  layer: slugSchema.optional(),
  roles: z.array(z.enum(['sourceSupplier', 'targetSupplier', 'dataSupplier', 'thirdParty'])).min(1),
  thirdPartyKind: thirdPartyKindSchema.optional(),
  /** How this party is told things. Portal, phone and post become a task for the CSU. */
  channel: z.enum(['email', 'webhook', 'portal', 'phone', 'post']),
  /** Where to tell it, for the channels portal (web address), post (address) and webhook (https address). */
  address: line(300).optional(),
  contact: contactSchema.optional(),
  accountManager: contactSchema.optional(),
  products: z.array(productSchema).optional(),
  turnaround: turnaroundSchema.optional(),
  /** Notice before the start of cut-over, for a third party. */
  noticePeriod: periodSchema.optional(),
  /** False where notice that has been given still counts when the day moves; else it is given anew, and runs from then. */
  noticeRestartsOnMove: z.boolean().optional(),
  /** True when the party has to set its system up again after Go Live. */
  reconfiguresAfterGoLive: z.boolean().optional(),
});

const closureSchema = z.strictObject({
  /** `practice`, `csu`, a party's id, or `everyone`. */
  holder: z.union([z.enum(['practice', 'csu', 'everyone']), slugSchema]),
  from: daySchema,
  /** Last day closed, inclusive. */
  to: daySchema,
  reason: words(),
});

const orderBlackoutSchema = z.strictObject({
  from: daySchema,
  /** Last day, inclusive. */
  to: daySchema,
  reason: words(),
  anchors: z.array(anchorNameSchema).min(1).optional(),
});

/** Something to do that no rule knows of. */
export const itemSchema = z.strictObject({
  id: slugSchema,
  title: words(),
  /** `practice`, `csu` or a party's id; it is reminded and escalated to first. */
  owner: z.union([z.enum(['practice', 'csu']), slugSchema]).default('csu'),
  siteId: slugSchema.optional(),
  dueOn: daySchema.optional(),
});

const signedSchema = z.strictObject({ by: words(), on: daySchema });

const decisionsSchema = z.strictObject({
  extractRequestSentBy: z.enum(['csu', 'practice']).optional(),
  chasedBy: z.enum(['csu', 'practice']).optional(),
  /** The practice, as controller of the data, lets the CSU ask for the extracts. */
  extractAuthorisation: signedSchema.optional(),
  reconciliation: signedSchema.extend({ needed: z.boolean() }).optional(),
  patientsReRegisterOnline: z.boolean().optional(),
  /** Checking of the loaded data takes place in two phases, or in three. */
  dataCheckingPhases: z.union([z.literal(2), z.literal(3)]).optional(),
  /** Who helps the practice with the first records for data checking; the target supplier where it is not said. */
  firstSelectionWith: z.enum(['csu', 'targetSupplier']).optional(),
});

const alreadyDoneSchema = z.strictObject({
  /** A milestone id as `leadtime plan` prints it. */
  milestone: z.string().min(1),
  on: daySchema,
  by: words(),
  /** For a hop that is done for a stated day: that day. */
  forDate: daySchema.optional(),
});

/**
 * An order: what an operator submits to start one practice's migration.
 *
 * Unknown keys are errors. What one field cannot tell (roles, contacts, anchors in order) is checked in `check.ts`.
 */
export const orderSchema = z.strictObject({
  orderedOn: daySchema,
  ruleSet: slugSchema.default('gp-england'),
  practice: z.strictObject({
    odsCode: odsCodeSchema,
    name: words(),
    division: z.enum(['england-and-wales', 'scotland', 'northern-ireland']),
    dispensing: z.boolean(),
    sites: z.array(z.strictObject({ id: slugSchema, name: words() })).min(1),
  }),
  contacts: z.strictObject({
    practiceManager: mailedContactSchema,
    csuOperator: mailedContactSchema,
    csuManager: mailedContactSchema,
    leadClinician: contactSchema.optional(),
  }),
  /** The mailbox that every mail comes from and replies go to. */
  csu: z.strictObject({ name: words(), mailbox: emailSchema, phone: line(40) }),
  icb: z.strictObject({ name: words(), region: words().optional() }),
  anchors: z.strictObject({
    kickOff: anchorSchema.optional(),
    technicalSurvey: anchorSchema.optional(),
    initialDataProduction: anchorSchema.optional(),
    finalDataProduction: anchorSchema.optional(),
    goLive: anchorSchema.optional(),
  }),
  parties: z.array(partySchema).min(2),
  /** Where practices share one instance of the present supplier's system: one request asks for all, and days move together. */
  sharedInstance: sharedInstanceSchema.optional(),
  /** Kinds of third party that this practice has been asked about and does not use. */
  confirmedAbsent: z.array(thirdPartyKindSchema).default([]),
  /** Turnaround of the practice, where it is not the rule set's. */
  practiceTurnaround: turnaroundSchema.pick({ returnsForm: true }).optional(),
  closures: z.array(closureSchema).default([]),
  /** Days on which no anchor should lie, beside those of the rules: flu clinics, staff leave. */
  blackouts: z.array(orderBlackoutSchema).default([]),
  /** Layers of rules of the region, or that are switched on for this migration, by id; a later one overrides an earlier one. */
  layers: z.array(slugSchema).default([]),
  /** Rules that are different in this migration alone. */
  ruleChanges: z.array(ruleChangeSchema).default([]),
  /** How long before the start of cut-over the target supplier takes no new registrations (guide/05:118); never guessed. */
  registrationCutOff: periodSchema.optional(),
  /** Clean-up: not more than so many at the Initial data production day, by counter. */
  countThresholds: z.record(slugSchema, z.int().nonnegative()).default({}),
  /** What the technical survey asked for. */
  surveyItems: z.array(itemSchema).default([]),
  /** What the meetings have agreed that somebody does. */
  actions: z.array(itemSchema.extend({ dueOn: daySchema })).default([]),
  decisions: decisionsSchema.default({}),
  alreadyDone: z.array(alreadyDoneSchema).default([]),
  acceptRisk: z.strictObject({ by: words(), reason: words(500) }).optional(),
});

export type Order = z.infer<typeof orderSchema>;
export type Party = z.infer<typeof partySchema>;
export type Contact = z.infer<typeof contactSchema>;
