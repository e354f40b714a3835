/** Links to pages and calendars. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';

const url = z.string().describe('Opens without signing in: give it to its reader alone.');

const ofRole = z.object({ migrationId: z.string(), role: z.string() });

export const pageLinkAnswer = ofRole.extend({ url, until: daySchema.describe('The last day on which it works.') });

const feed = z.object({ url, webcal: z.string().describe('The same, for programs that subscribe when it is opened.') });

export const calendarLinkAnswer = feed.extend(ofRole.shape);
export const operatorFeedAnswer = feed.extend({ practices: z.int() });
export const feedEndedAnswer = z.object({ ended: z.literal(true) });
