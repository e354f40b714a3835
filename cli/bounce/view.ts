import { z } from 'zod';

/** What the API answers to a mail that came back, as far as the command shows it. */
export const bouncedView = z.object({ migrationId: z.string(), milestoneId: z.string(), status: z.string() });
