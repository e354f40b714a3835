import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';

export const top = fileURLToPath(new URL('../..', import.meta.url));

const condition = z.enum(['service_started', 'service_healthy', 'service_completed_successfully']);
const variable = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const serviceSchema = z.looseObject({
  image: z.string(),
  build: z.looseObject({ dockerfile: z.string() }).optional(),
  restart: z.string(),
  cap_drop: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  environment: z.record(z.string(), variable).default({}),
  secrets: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.looseObject({ condition })).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()).min(2) }).optional(),
});

const composeSchema = z.looseObject({
  services: z.record(z.string(), serviceSchema),
  secrets: z.record(z.string(), z.looseObject({ file: z.string() })),
});

/** The compose file as Compose reads it, with its merges made. */
export const composeText = readFileSync(`${top}docker-compose.yml`, 'utf8');
export const composeData: unknown = parse(composeText, { merge: true });
export const compose = composeSchema.parse(composeData);
export const services = Object.entries(compose.services);

/** A job runs to its end; the services that wait for that say so. */
export function isJob(name: string): boolean {
  return services.some(([, { depends_on }]) => depends_on[name]?.condition === 'service_completed_successfully');
}
