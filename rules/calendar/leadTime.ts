import { z } from 'zod';

/**
 * Units stay distinct (rules.md, head): weeks, days and months are calendar units; working days skip weekends, the
 * division's bank holidays and closures; hours are elapsed time from a recorded instant (rules.md, E.9).
 */
export const leadTimeUnitSchema = z.enum(['weeks', 'days', 'workingDays', 'months', 'hours']);

/** An amount of time in a file that people write. Negative is before, positive is after; 0 is the same day. */
export const leadTimeSchema = z.strictObject({
  amount: z.int('must be a whole number'),
  unit: leadTimeUnitSchema,
});

export type LeadTimeUnit = z.infer<typeof leadTimeUnitSchema>;
export type LeadTime = z.infer<typeof leadTimeSchema>;
