/** What is answered about the system: audit, overviews, doctor, tokens, health. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { anchorNames } from '../../rules/order/anchorNames.js';
import { messageKinds } from '../../rules/migration/messages.js';
import { roles } from '../../register/types.js';
import { atMs } from './parts.js';

export const auditRecord = z.object({
  seq: z.int(),
  atMs,
  actor: z.string(),
  type: z.string(),
  data: z.record(z.string(), z.unknown()),
  prevHash: z.string(),
  hash: z.string(),
});

export const historyAnswer = z.object({ migrationId: z.string(), audit: z.array(auditRecord) });
export const chainsAnswer = z.object({ chains: z.array(z.string()) });
export const verdictAnswer = z.object({
  chain: z.string(),
  records: z.int(),
  ok: z.boolean(),
  comparedWithMigration: z.boolean().describe('Whether the migration itself could say where its trail ends.'),
  end: z
    .object({ seq: z.int(), hash: z.string() })
    .exactOptional()
    .describe('The last record that there is: whoever has noted it elsewhere sees whether the end was removed.'),
  firstBadSeq: z.int().exactOptional(),
  what: z.enum(['changed', 'removed']).exactOptional(),
  record: z.object({ atMs, actor: z.string(), type: z.string() }).exactOptional(),
});

export const holdersAnswer = z.object({
  holders: z.array(
    z.object({
      holder: z.string(),
      holderName: z.string(),
      migrations: z.int(),
      open: z.int(),
      late: z.int(),
      nextDueOn: daySchema.exactOptional(),
    }),
  ),
});
export const collisionsAnswer = z.object({
  capacity: z.int().describe('Of a supplier that has stated none, or of every one where the request says so.'),
  days: z.array(
    z.object({
      supplierId: z.string(),
      on: daySchema,
      practices: z.array(z.string()),
      capacity: z.int().describe('What the supplier can do on a day.'),
      stated: z.string().exactOptional().describe('Where the supplier has stated it; absent where nobody has.'),
    }),
  ),
});

const workingDays = z.int().describe('Working days from one step to the next.');

export const turnaroundsAnswer = z.object({
  turnarounds: z.array(
    z.object({
      supplierId: z.string(),
      part: z.enum(['sendsForm', 'returnsForm', 'confirmsForm', 'schedules']),
      times: z.int().describe('How often it was seen.'),
      medianWorkingDays: workingDays,
      leastWorkingDays: workingDays,
      mostWorkingDays: workingDays,
      rules: z.object({
        amount: z.int(),
        unit: z.string(),
        assumed: z.boolean().describe('Nobody has fixed it.'),
      }),
    }),
  ),
});

export const blackoutsAnswer = z.object({
  conflicts: z.array(
    z.object({
      migrationId: z.string(),
      odsCode: z.string(),
      practiceName: z.string(),
      anchor: z.enum(anchorNames),
      on: daySchema,
      from: daySchema.describe('First day of the blackout.'),
      to: daySchema.describe('Its last day.'),
      reason: z.string(),
      source: z.string().describe('Where the blackout is stated.'),
      holder: z.string().exactOptional().describe('Who is away; absent where it is nobody in particular.'),
    }),
  ),
});

const check = z.object({ part: z.string(), ok: z.boolean(), what: z.string(), fix: z.string().exactOptional() });
export const doctorAnswer = z.object({ nowMs: atMs, checks: z.array(check) });
export const runningAnswer = z.object({ migrationIds: z.array(z.string()) });

const finding = z.object({
  severity: z.enum(['failed', 'note']),
  what: z.string(),
  fix: z.string(),
  milestoneId: z.string().exactOptional(),
});
const armedRung = z.object({
  milestoneId: z.string(),
  title: z.string(),
  rungId: z.string(),
  type: z.string(),
  to: z.string().describe('Whom the ladder means.'),
  goesOut: z.enum(['at', 'soon', 'afterStep', 'afterDate', 'rests']),
  on: daySchema.exactOptional(),
  atMs: atMs.exactOptional(),
  waitsFor: z.string().exactOptional(),
  kind: z.enum(messageKinds),
  reader: z.object({ wanted: z.string(), key: z.string(), name: z.string(), by: z.string() }),
});
export const armedAnswer = z.object({
  migrationId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  rehearsal: z.boolean(),
  status: z.enum(['running', 'completed', 'cancelled']),
  nowMs: atMs.describe('The migration’s own now.'),
  wakesAtMs: atMs.exactOptional(),
  rungs: z.array(armedRung),
  findings: z.array(finding),
  messages: z.array(z.unknown()),
});

const token = z.object({
  tokenId: z.string(),
  name: z.string(),
  role: z.enum(roles),
  createdAtMs: atMs,
  createdBy: z.string(),
  expiresAtMs: atMs,
  revokedAtMs: atMs.exactOptional(),
});
export const tokensAnswer = z.object({ tokens: z.array(token) });
export const createdTokenAnswer = token.extend({ token: z.string().describe('Shown this once.') });
export const revokedTokenAnswer = z.object({ tokenId: z.string() });

export const aliveAnswer = z.object({ status: z.literal('alive') });
export const readyAnswer = z.object({
  status: z.enum(['ready', 'not ready']),
  parts: z.record(z.string(), z.enum(['up', 'down'])),
});
