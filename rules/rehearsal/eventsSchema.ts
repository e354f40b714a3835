import { z } from 'zod';
import { daySchema } from '../calendar/daySchema.js';
import { isDay } from '../calendar/day.js';
import { decisionOutcomes, supplierEventTypes } from '../migration/events.js';
import { movableAnchors } from '../migration/redate/redate.js';
import { line, slugSchema } from '../order/fields.js';
import { itemSchema, partySchema } from '../order/schema.js';

const momentForm = /^(\d{4}-\d{2}-\d{2})(?:T([01]\d|2[0-3]):[0-5]\d)?$/;

/** A day, or a minute of one, in Europe/London; a day alone is its noon. */
export const momentSchema = z
  .string('must be a day like 2026-11-20, or a minute like 2026-11-20T14:30')
  .refine(
    (text) => isDay(momentForm.exec(text)?.[1] ?? ''),
    'must be a day like 2026-11-20, or a minute like 2026-11-20T14:30',
  )
  .meta({ examples: ['2026-11-20', '2026-11-20T14:30'] });

const id = line(200);
const by = line().exactOptional();
const at = { at: momentSchema };

/** One thing that happens; the key beside `at` says what. */
const entrySchema = z.union([
  /** Somebody reports a milestone done. */
  z.strictObject({
    ...at,
    done: id,
    by,
    on: daySchema.exactOptional(),
    forDate: daySchema.exactOptional(),
    reference: line().exactOptional(),
    outcome: z.enum(decisionOutcomes).exactOptional(),
    signedBy: line().exactOptional(),
  }),
  /** A supplier's system says something, as its webhook would. */
  z.strictObject({
    ...at,
    event: z.enum(supplierEventTypes),
    party: slugSchema,
    product: line().exactOptional(),
    date: daySchema.exactOptional(),
    extract: z.enum(['initial', 'final']).exactOptional(),
    /** The day on which the data were loaded, where that is not the day of the word. */
    loadedOn: daySchema.exactOptional(),
  }),
  z.strictObject({ ...at, waive: id, by, reason: line(500).exactOptional() }),
  /** An operator takes a slip on: its ladder rests. */
  z.strictObject({ ...at, acknowledge: id, note: line(500).exactOptional(), by }),
  /** How many are left, by counter. */
  z.strictObject({ ...at, counts: z.record(slugSchema, z.int().min(0)), on: daySchema.exactOptional(), by }),
  z.strictObject({
    ...at,
    decide: z.enum(['reconciliation']),
    outcome: z.enum(decisionOutcomes),
    on: daySchema.exactOptional(),
    reference: line().exactOptional(),
    by,
  }),
  /** Something that the technical survey asked for, or an action of a meeting. */
  z.strictObject({
    ...at,
    add: z.enum(['survey', 'action']),
    id: slugSchema,
    title: itemSchema.shape.title,
    owner: itemSchema.shape.owner,
    site: slugSchema.exactOptional(),
    dueOn: daySchema.exactOptional(),
    by,
  }),
  /** A question from somebody's page. */
  z.strictObject({ ...at, help: id, text: line(1000), by }),
  /** The links of somebody's page work no more: `practiceManager`, or `PARTY.contact`. */
  z.strictObject({ ...at, revokeLinks: id, by }),
  /** Days move: `move: { goLive: 2027-02-09 }`. */
  z.strictObject({
    ...at,
    move: z.partialRecord(z.enum(movableAnchors), daySchema),
    /** Later days that are not named move by as many working days. */
    keepDistance: z.boolean().exactOptional(),
    /** Everybody has agreed to the new days already. */
    confirmed: z.boolean().exactOptional(),
    reason: line(500).exactOptional(),
    by,
  }),
  /** The migration is put on hold; the value is why. A `move` resumes it. */
  z.strictObject({ ...at, hold: line(500), by }),
  /** The migration is called off; the value is why. */
  z.strictObject({ ...at, cancel: line(500), by }),
  z.strictObject({ ...at, amendContact: id, contact: partySchema.shape.contact.unwrap(), by }),
  /** From now on mail to this addressee is refused for good: `eps.contact`, `practiceManager`. */
  z.strictObject({ ...at, refuse: id }),
  /** Nothing runs from one moment until another; what is due or said meanwhile comes at its end. */
  z.strictObject({ outage: z.strictObject({ from: momentSchema, to: momentSchema }) }),
]);

/** What happens in a rehearsal, in order of time: the events file of `leadtime rehearse ORDER --events FILE`. */
export const eventsSchema = z.array(entrySchema, 'must be a list of things that happen').max(5000);

export type ScriptEntry = z.infer<typeof entrySchema>;
