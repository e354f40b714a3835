/** Server-sent events: a page hears that what it shows has changed, and fetches itself anew. */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply } from 'fastify';

export interface StreamSettings {
  /** What a page shows may be so old. */
  everyMs: number;
  /** Proxies end a connection over which nothing comes for a minute. */
  quietMs: number;
  /** Then the browser asks again, and is asked again who is signed in. */
  longestMs: number;
  /** At once, over all pages: more are told to come later. */
  most: number;
}

export const usualStream: StreamSettings = { everyMs: 2_000, quietMs: 20_000, longestMs: 300_000, most: 500 };

const AGAIN_MS = 3_000;

/** All streams of a server; they end with it. */
export interface Streams {
  /** Tells each new version until the reader goes. @param look undefined where there is nothing; rejects while it cannot be read */
  open: (reply: FastifyReply, look: () => Promise<string | undefined>) => Promise<void>;
  isFull: () => boolean;
}

type Said = { event: 'version'; version: string } | { event: 'away' } | { event: 'gone' };

const isAway = { event: 'away' } as const;

function textOf(said: Said): string {
  const data = JSON.stringify('version' in said ? { version: said.version } : {});
  return `event: ${said.event}\ndata: ${data}\n\n`;
}

async function looked(look: () => Promise<string | undefined>): Promise<Said> {
  const version = await look();
  return version === undefined ? { event: 'gone' } : { event: 'version', version };
}

/** Without the headers of an answer that is sent whole. */
function begin(reply: FastifyReply): void {
  reply.hijack();
  const headers = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' };
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...headers }))
    if (value !== undefined) reply.raw.setHeader(name, value);
  reply.raw.writeHead(200);
  reply.raw.write(`retry: ${String(AGAIN_MS)}\n\n`);
}

export function createStreams(app: FastifyInstance, settings: StreamSettings): Streams {
  const { everyMs, quietMs, longestMs, most } = settings;
  const streams = new Set<AbortController>();
  // An open stream would keep the server from closing.
  app.addHook('preClose', async () => {
    for (const each of streams) each.abort();
  });
  return {
    isFull: () => streams.size >= most,
    open: async (reply, look) => {
      const reading = new AbortController();
      streams.add(reading);
      reply.raw.on('close', () => reading.abort());
      begin(reply);
      const endsAtMs = Date.now() + longestMs;
      let [last, saidAtMs] = ['', Date.now()];
      const write = (text: string): void => {
        reply.raw.write(text);
        saidAtMs = Date.now();
      };
      while (!reading.signal.aborted && Date.now() < endsAtMs) {
        const said = textOf(await looked(look).catch(() => isAway));
        if (said !== last) write(said);
        else if (Date.now() - saidAtMs > quietMs) write(': still there\n\n');
        last = said;
        await pause(everyMs, undefined, { signal: reading.signal }).catch(() => undefined);
      }
      streams.delete(reading);
      reply.raw.end();
    },
  };
}
