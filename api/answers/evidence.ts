/** What is answered as evidence for one supplier. */
import { z } from 'zod';
import { evidenceSides } from '../../rules/evidence/evidence.js';
import { auditRecord, verdictAnswer } from './system.js';

const entry = z.object({
  side: z
    .enum(evidenceSides)
    .describe('A mail to them; their own word; what was noted or asked of others about them; which days counted.'),
  what: z.string(),
  milestoneIds: z.array(z.string()),
  dateVersion: z.int().describe('The version of the days that counted then.'),
  messageId: z.string().exactOptional(),
  outcome: z.string().exactOptional(),
  record: auditRecord.describe('The record itself, whose hash can be computed again.'),
});

export const evidenceAnswer = z.object({
  supplierId: z.string(),
  madeAtMs: z.number().describe('Milliseconds since 1970, UTC.'),
  total: z.int().describe('Migrations on all pages together.'),
  migrations: z.array(
    z.object({
      migrationId: z.string(),
      odsCode: z.string(),
      practiceName: z.string(),
      status: z.enum(['running', 'completed', 'cancelled']),
      dateVersion: z.int(),
      trail: verdictAnswer.describe('Whether the whole trail that this is taken from is as it was written.'),
      entries: z.array(entry),
    }),
  ),
});
