import { z } from 'zod';
import { InvalidDayError, parseDay } from './day.js';

/** A day in a file that people write: `YYYY-MM-DD` text naming a day that exists. */
export const daySchema = z
  .string('must be a day written as YYYY-MM-DD, like 2027-01-07')
  .superRefine((text, context) => {
    try {
      parseDay(text);
    } catch (error) {
      if (!(error instanceof InvalidDayError)) throw error;
      context.addIssue({ code: 'custom', message: error.message });
    }
  })
  .meta({ format: 'date', examples: ['2027-01-07'] });
