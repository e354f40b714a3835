/** Several practices on one instance of the present supplier's system: what their orders say alike. */
import { z } from 'zod';
import { odsCodeSchema, slugSchema, words } from './fields.js';

/**
 * The same in the orders of all its practices. The supplier and its products have the same ids there, too: by them one migration
 * knows what another has done.
 */
export const sharedInstanceSchema = z.strictObject({
  /** What the practices and the supplier call it. */
  id: slugSchema,
  /** The practice whose migration asks the supplier for the extracts of all. */
  requestsBy: odsCodeSchema,
  /** All of them, this one too. */
  practices: z
    .array(z.strictObject({ odsCode: odsCodeSchema, name: words() }))
    .min(2)
    .max(20),
});
