import { z } from 'zod';
import { slugSchema } from '../order/fields.js';

/** Who can be written to: a role, or whoever holds the milestone. */
export const audienceSchema = z.enum([
  'practiceManager',
  'csuOperator',
  'csuManager',
  'partyContact',
  'partyAccountManager',
]);

/** Half a year: a migration lasts no longer, and a reminder that far from its day is a slip of the keyboard. */
const FURTHEST = 130;

const tooFar = `must be at most ${FURTHEST} working days before or after: half a year`;

const rungSchema = z.strictObject({
  id: slugSchema,
  /**
   * Distance from the milestone's due day in the working days of the division; negative is before.
   * A positive number is "late by N working days" (rules.md, E.14).
   */
  workingDays: z.int('must be a whole number').min(-FURTHEST, tooFar).max(FURTHEST, tooFar).optional(),
  /** Or: as soon as the milestone can be acted on, that is on day one or when what it waits for is done. */
  atOnce: z.literal(true).optional(),
  /**
   * Again every so many weeks after the rung's own day, up to and including the milestone's last day or Go Live. The planned
   * rungs are `ID-1`, `ID-2` and so on; each is moved to the working day before, where its day is not worked.
   */
  everyWeeks: z.int().min(1).max(520).optional(),
  until: z.enum(['due', 'goLive']).optional(),
  /**
   * deliver: the formal request, notice or contact itself, a mail of its own. reminder: goes into the recipient's digest.
   * chase: to the holder outside, a mail of its own. escalation: says what slipped. inform: a line in the digest.
   */
  type: z.enum(['deliver', 'reminder', 'chase', 'escalation', 'inform']),
  to: audienceSchema,
});

export const ladderSchema = z.array(rungSchema);

export type Ladder = z.infer<typeof ladderSchema>;
export type LadderRung = z.infer<typeof rungSchema>;
export type Audience = z.infer<typeof audienceSchema>;
