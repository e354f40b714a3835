/** What the API answers about migrations and parts, as far as the doctor reads it. */
import { z } from 'zod';
import type { OutboundMessage } from '../../rules/migration/messages.js';

const finding = z.object({ severity: z.enum(['failed', 'note']), what: z.string(), fix: z.string() });

export type Finding = z.infer<typeof finding>;

const shape = z.looseObject({
  kind: z.string(),
  to: z.looseObject({ key: z.string() }),
  items: z.array(z.looseObject({})).min(1),
  sentOn: z.string(),
});

/** The API is of the same release, so what has the shape of a message is one. */
const message = z.custom<OutboundMessage>((value) => shape.safeParse(value).success);

export const armedView = z.object({
  migrationId: z.string(),
  odsCode: z.string(),
  practiceName: z.string(),
  status: z.string(),
  rungs: z.array(z.looseObject({ title: z.string(), goesOut: z.string(), atMs: z.number().optional() })),
  findings: z.array(finding),
  messages: z.array(message),
});

export type ArmedView = z.infer<typeof armedView>;

export const runningView = z.object({ migrationIds: z.array(z.string()) });

const check = z.object({ part: z.string(), ok: z.boolean(), what: z.string(), fix: z.string().optional() });

export const partsView = z.object({ nowMs: z.number(), checks: z.array(check) });
