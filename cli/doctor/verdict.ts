/** What is said of one migration. */
import { ApiRefusal, type ApiClient } from '../client.js';
import { harmless, instant } from '../table.js';
import { step } from '../apiCommand.js';
import { textFindings } from './texts.js';
import { armedView, type ArmedView, type Finding } from './views.js';

export interface Verdict {
  migrationId: string;
  practiceName?: string;
  armed: boolean;
  /** How many rungs have not gone out. */
  rungs: number;
  /** The next instant at which one goes out, in milliseconds since 1970; absent where all wait. */
  nextAtMs?: number;
  /** How many wait for a step, a confirmation, or an operator. */
  waiting: number;
  findings: Finding[];
}

function verdictOf({ migrationId, practiceName, rungs, findings, messages }: ArmedView): Verdict {
  const all = [...findings, ...textFindings(messages)].map((finding) => ({
    ...finding,
    fix: finding.fix.replaceAll(' ID ', ` ${migrationId} `),
  }));
  const [nextAtMs] = rungs.flatMap(({ atMs }) => atMs ?? []);
  return {
    migrationId,
    practiceName,
    armed: all.every(({ severity }) => severity === 'note'),
    rungs: rungs.length,
    ...(nextAtMs !== undefined && { nextAtMs }),
    waiting: rungs.filter(({ atMs }) => atMs === undefined).length,
    findings: all,
  };
}

/** @param messages all: every text is made; kinds: one of each kind. @throws ApiRefusal */
export async function examine(api: ApiClient, id: string, messages: 'all' | 'kinds'): Promise<Verdict> {
  return verdictOf(armedView.parse(await api.get(`/migrations/${step(id)}/armed?messages=${messages}`)));
}

/** The same, where a migration that cannot be looked at is one that is not armed. */
export async function examineOrSay(api: ApiClient, migrationId: string): Promise<Verdict> {
  try {
    return await examine(api, migrationId, 'kinds');
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error;
    const finding = {
      severity: 'failed' as const,
      what: `It cannot be looked at: ${error.message}`,
      fix: 'Run "leadtime doctor".',
    };
    return { migrationId, armed: false, rungs: 0, waiting: 0, findings: [finding] };
  }
}

const plural = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

const nextText = ({ nextAtMs, rungs }: Verdict): string =>
  nextAtMs === undefined ? (rungs === 0 ? ', nothing more is to go out' : '') : `, the next on ${instant(nextAtMs)}`;

const waitingText = ({ waiting }: Verdict): string =>
  waiting === 0
    ? ''
    : `; ${plural(waiting, 'rung')} ${waiting === 1 ? 'waits' : 'wait'} for a step, a confirmation or an operator`;

/** `armed: 431 rungs, the next on 2027-01-07 09:12`, and what was found. */
export function verdictLines(verdict: Verdict): string[] {
  const { migrationId, practiceName = '', armed, rungs, findings } = verdict;
  const failed = findings.filter(({ severity }) => severity === 'failed');
  const heading = armed
    ? `armed: ${plural(rungs, 'rung')}${nextText(verdict)}${waitingText(verdict)}`
    : `NOT armed: ${plural(rungs, 'rung')}, ${plural(failed.length, 'finding')}`;
  const told = [...failed, ...findings.filter(({ severity }) => severity === 'note')].flatMap(
    ({ severity, what, fix }) => [`  ${severity === 'failed' ? '!' : '-'} ${what}`, `    ${fix}`],
  );
  return [`${migrationId}  ${practiceName}`.trimEnd(), heading, ...told].map(harmless);
}
