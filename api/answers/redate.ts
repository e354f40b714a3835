/** What a move of days would do, and what it has done. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { messageKinds } from '../../rules/migration/messages.js';
import { anchorNames } from '../../rules/order/anchorNames.js';
import { movableAnchors } from '../../rules/migration/redate/redate.js';
import { instanceStates } from '../redate/instance.js';
import { atMs } from './parts.js';

const plannedAnchor = z.object({
  status: z.enum(['absent', 'provisional', 'confirmed']),
  on: daySchema.exactOptional(),
});

const problem = z.object({
  severity: z.enum(['error', 'risk', 'warning']),
  code: z.string(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])).exactOptional(),
  milestoneId: z.string().exactOptional(),
});

const named = { milestoneId: z.string(), title: z.string() };

const moved = z.object({
  ...named,
  holderName: z.string(),
  from: daySchema.exactOptional(),
  to: daySchema.exactOptional(),
});

const again = z.object({
  ...named,
  holderName: z.string(),
  partyId: z.string().exactOptional(),
  partyName: z.string().exactOptional(),
  doneOn: daySchema.exactOptional(),
  doneFor: daySchema.exactOptional().describe('The day that it was for.'),
  dueOn: daySchema.exactOptional(),
  shortWorkingDays: z.int().exactOptional().describe('Given today it comes so many working days too late.'),
  waitsForConfirmation: z.boolean().describe('It waits until somebody has confirmed the new day.'),
});

const feasible = z.object({
  anchor: z.enum(anchorNames),
  day: daySchema.exactOptional(),
  planned: daySchema.exactOptional(),
  laterWorkingDays: z.int().exactOptional(),
  because: z.enum(['latestStart', 'noticeGiven', 'distance', 'asOf']),
  milestoneId: z.string().exactOptional(),
  distance: z
    .object({ from: z.enum(anchorNames), days: z.int(), source: z.string(), assumed: z.boolean() })
    .exactOptional(),
});

const adopted = z.object({ what: z.enum(['ruleSet', 'layers', 'calendar']), before: z.string(), after: z.string() });

const onInstance = z
  .object({
    id: z.string(),
    practices: z.array(
      z.object({
        odsCode: z.string(),
        name: z.string(),
        state: z
          .enum(instanceStates)
          .describe(
            'moves: it would. stays: it has these days. left: it is left where it is. notRunning: it has no migration. elsewhere: its order is not on the instance. refused: it cannot. moved, failed: what came of it.',
          ),
        detail: z.string().exactOptional(),
      }),
    ),
  })
  .describe('The other practices on its instance: absent where it has its system to itself.');

export const redatePreviewAnswer = z.object({
  migrationId: z.string(),
  version: z.string().describe('To be sent with the move: it is refused once the migration is at another.'),
  asOf: daySchema.describe('The migration’s own today.'),
  anchors: z.array(
    z.object({ anchor: z.enum(movableAnchors), title: z.string(), before: plannedAnchor, after: plannedAnchor }),
  ),
  moves: z.array(moved).describe('What is open and comes to lie on another day.'),
  servedAgain: z.array(again).describe('Notices, requests and contacts that have gone out, and go out anew.'),
  doneAgain: z.array(again).describe('Forms, bookings, deliveries and confirmations that no longer count.'),
  staysDone: z.array(z.object({ ...named, status: z.string(), settledOn: daySchema.exactOptional() })),
  problems: z.object({
    added: z.array(problem).describe('New with this move.'),
    gone: z.array(problem),
    all: z.array(problem),
  }),
  needsAcceptance: z.boolean().describe('There are risks that somebody has to accept by name.'),
  refused: z.boolean().describe('It cannot be made: the plan has errors.'),
  earliest: z.array(feasible).describe('The earliest days that work together.'),
  mails: z.object({
    atMs,
    messages: z.array(z.object({ kind: z.enum(messageKinds), to: z.string(), milestoneIds: z.array(z.string()) })),
  }),
  changes: z.array(z.string()).describe('What is different in an amended order, by fields and ids.'),
  dropped: z
    .array(z.object({ ...named, isWithdrawn: z.boolean() }))
    .describe('Not needed any more; what was served of it is withdrawn.'),
  adopts: z.array(adopted),
  instance: onInstance.exactOptional(),
});

export const redateAnswer = z.object({
  migrationId: z.string(),
  dateVersion: z.int(),
  anchors: z.record(z.enum(anchorNames), plannedAnchor),
  instance: onInstance.exactOptional(),
});

export const holdAnswer = z.object({ migrationId: z.string(), on: daySchema.describe('Since when.') });

export const orderAnswer = z.object({
  order: z.record(z.string(), z.unknown()).describe('As an order file has it; see schemas/order.schema.json.'),
});

export const adoptionsAnswer = z.object({
  total: z.int().describe('How many run, on all pages together.'),
  migrations: z.array(
    z.object({
      migrationId: z.string(),
      odsCode: z.string(),
      practiceName: z.string(),
      state: z
        .enum(['adopts', 'same', 'unknown', 'onHold'])
        .describe('same: it has what is in use. unknown: it could not be asked just now.'),
      adopts: z.array(adopted),
      moves: z.int().describe('How many open milestones would come to lie on another day.'),
      dropped: z.int(),
      needsAcceptance: z.boolean(),
      refused: z.boolean(),
    }),
  ),
});
