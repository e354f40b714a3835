/** Why a calendar is not given, in a sentence: whoever opens its address in a browser reads it. */
import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { ApiProblem } from '../problem.js';

export interface Refusal {
  status: number;
  text: string;
  headers?: Record<string, string>;
}

export class CalendarRefused extends Error {
  override readonly name = 'CalendarRefused';
  constructor(readonly refusal: Refusal) {
    super(refusal.text);
  }
}

/** Programs look every few hours anyway, and keep what they have until then. */
const RETRY_AFTER_SECONDS = 300;

const NEW_LINK = 'A new one is on the page that our newest mail links to; operators get theirs with "leadtime feed".';

export const badLink = (): CalendarRefused =>
  new CalendarRefused({ status: 403, text: `This calendar link does not work: it was cut or changed. ${NEW_LINK}` });

export const endedLink = (): CalendarRefused =>
  new CalendarRefused({ status: 410, text: `This calendar link has ended: somebody revoked it. ${NEW_LINK}` });

export const endedMigration = (): CalendarRefused =>
  new CalendarRefused({
    status: 410,
    text: 'This migration has ended. You can take the calendar out of your program.',
  });

export const awayNow = (): CalendarRefused =>
  new CalendarRefused({
    status: 503,
    text: 'The calendar is not available at the moment. Your program keeps the days it has, and will try again.',
    headers: { 'retry-after': String(RETRY_AFTER_SECONDS) },
  });

function refusalOf(error: FastifyError | ApiProblem | CalendarRefused): Refusal | undefined {
  if (error instanceof CalendarRefused) return error.refusal;
  if (error instanceof ApiProblem) {
    const { status, detail: text, headers = {} } = error.fields;
    return { status, text, headers };
  }
  return undefined;
}

const send = (reply: FastifyReply, { status, text, headers = {} }: Refusal): FastifyReply =>
  reply.code(status).headers(headers).type('text/plain; charset=utf-8').send(`${text}\n`);

/** Answers every error of these routes with a sentence. Nothing of an unexpected one leaves the house. */
export function useRefusals(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const known = refusalOf(error);
    if (known === undefined) request.log.error({ err: error }, 'calendar failed');
    return send(reply, known ?? { status: 500, text: 'Something is wrong on our side. Your program will try again.' });
  });
}
