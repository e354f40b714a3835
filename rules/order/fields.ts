/** Shapes that many of the files that people write share. */
import { z } from 'zod';
import { leadTimeSchema } from '../calendar/leadTime.js';
import { holdsNhsNumber } from '../text/nhsNumber.js';

/**
 * Nothing that controls, breaks a line or turns the reading direction. In numbers, not by the names of Unicode's groups: it is
 * published in JSON Schemas, and few languages know the names.
 */
const ONE_LINE = '^[^\\u0000-\\u001F\\u007F-\\u009F\\u2028-\\u202E\\u2066-\\u2069]*$';
/** The same, and no half of a character: those are refused too, but not every language can say so in a pattern. */
const WHOLE_LINE = new RegExp(ONE_LINE.replace(']', '\\uD800-\\uDFFF]'), 'u');

const NOT_A_LINE = 'must be one line without control characters';

/** Text to look for: the same as a line, or none. */
export const lineOrNothing = (max = 200) =>
  z.string().max(max).regex(WHOLE_LINE, NOT_A_LINE).meta({ pattern: ONE_LINE });

/** Text that ends up in a subject line, a page or a log: no control characters, so no header can be smuggled in. */
export const line = (max = 200) =>
  z.string().trim().min(1, 'must not be empty').max(max).regex(WHOLE_LINE, NOT_A_LINE).meta({ pattern: ONE_LINE });

/** What people write in their own words or as a name: where the number of a patient could slip in. */
export const words = (max = 200) =>
  // Not "must …": what is wrong would then be shown, and with it the number.
  line(max).refine(
    (text) => !holdsNhsNumber(text),
    'this holds an NHS number, and nothing about a patient belongs here',
  );

/** Ids that people type and that end in milestone ids: `docman`, `inr-star`. */
export const slugSchema = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'use lower-case letters, digits and single hyphens, like inr-star')
  .max(40);

export const odsCodeSchema = z.string().regex(/^[A-Z0-9]{3,10}$/, 'must be an ODS code in capitals, like A12345');

/** A period that is counted backwards or forwards by the rule that uses it; never negative. */
export const periodSchema = leadTimeSchema.extend({
  amount: leadTimeSchema.shape.amount.nonnegative('must not be negative: the direction comes from the rule'),
});
