import { z } from 'zod';

/**
 * Units stay distinct (rules.md, head): weeks, days and months are calendar units; working days skip weekends, the
 * division's bank holidays and closures; hours are elapsed time from a recorded instant (rules.md, E.9).
 */
export const leadTimeUnitSchema = z.enum(['weeks', 'days', 'workingDays', 'months', 'hours']);

/** Ten years of days: more than any migration lasts, and than any calendar knows. */
export const MOST_OF_A_UNIT = 3660;

const tooMuch = `must be at most ${MOST_OF_A_UNIT} either way, of whatever unit`;

/** A number of days, weeks and the like in a file that people write. */
export const amountSchema = z.int('must be a whole number').min(-MOST_OF_A_UNIT, tooMuch).max(MOST_OF_A_UNIT, tooMuch);

/** An amount of time in a file that people write. Negative is before, positive is after; 0 is the same day. */
export const leadTimeSchema = z.strictObject({
  amount: amountSchema,
  unit: leadTimeUnitSchema,
});

export type LeadTimeUnit = z.infer<typeof leadTimeUnitSchema>;
export type LeadTime = z.infer<typeof leadTimeSchema>;
