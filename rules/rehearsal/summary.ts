import type { Phase } from '../migration/events.js';
import type { MessageKind } from '../migration/messages.js';
import type { MigrationStatus } from '../migration/state.js';
import type { Rehearsal } from './run.js';
import type { TraceEntry } from './trace.js';

export interface RehearsalSummary {
  wakes: number;
  mails: number;
  /** Mails of each kind to each addressee, in the order in which they first came up. */
  mailsBy: { kind: MessageKind; to: string; count: number }[];
  undeliverable: number;
  slipped: number;
  refused: number;
  phases: { phase: Phase; atMs: number }[];
  /** How it ended; absent for a migration that goes on. */
  end?: { status: MigrationStatus; atMs: number; open: string[] };
}

function mailsBy(trace: readonly TraceEntry[]): RehearsalSummary['mailsBy'] {
  const counts = new Map<string, RehearsalSummary['mailsBy'][number]>();
  for (const entry of trace) {
    if (entry.type !== 'message') continue;
    const { kind, to } = entry.message;
    const name = `${kind}/${to.key}`;
    counts.set(name, { kind, to: to.key, count: (counts.get(name)?.count ?? 0) + 1 });
  }
  return [...counts.values()];
}

/** What a rehearsal came to. */
export function summaryOf({ trace, sent, wakes }: Rehearsal): RehearsalSummary {
  const countOf = (type: TraceEntry['type']): number => trace.filter((entry) => entry.type === type).length;
  const end = trace.find((entry) => entry.type === 'ended');
  return {
    wakes: wakes.length,
    mails: sent.length,
    mailsBy: mailsBy(trace),
    undeliverable: trace.filter((entry) => entry.type === 'message' && entry.outcome === 'undeliverable').length,
    slipped: countOf('slipped'),
    refused: countOf('refused'),
    phases: trace.flatMap((entry) => (entry.type === 'phase' ? [{ phase: entry.phase, atMs: entry.atMs }] : [])),
    ...(end?.type === 'ended' && { end: { status: end.status, atMs: end.atMs, open: end.open } }),
  };
}
