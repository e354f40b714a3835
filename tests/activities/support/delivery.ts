import { createDeliverActivities, type DeliverDependencies } from '../../../activities/deliver/deliver.js';
import type { DeliverProgress } from '../../../activities/deliver/progress.js';
import { emptyHead } from '../../../rules/migration/auditChain.js';
import type { DeliverInput } from '../../../rules/migration/ports.js';
import type { OutboundMessage } from '../../../rules/migration/messages.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { messageLike } from './messages.js';

export const emptyWrite: RegisterWrite = {
  asOfSeq: 0,
  migration: {
    migrationId: 'Z90001-20260914-k3v9qa',
    workflowId: 'migration-Z90001',
    odsCode: 'Z90001',
    practiceName: 'Example Medical Centre',
    rehearsal: false,
    status: 'running',
    phase: 'preMigration',
    division: 'england-and-wales',
    icb: 'Example ICB',
    sourceSupplierId: 'emis',
    targetSupplierId: 'tpp',
    ruleSet: 'gp-england@1.0.0',
    calendarVersion: '1',
    dateVersion: 1,
    startedAtMs: 0,
    slipped: 0,
    anchors: {},
  },
  milestones: [],
  messages: [],
  audit: [],
};

/** Messages with the keys `digest/a/1`, `digest/a/2`, …, each to an address of its own. */
export function messagesLike(amount: number, change: Partial<OutboundMessage> = {}): OutboundMessage[] {
  return Array.from({ length: amount }, (_, index) => {
    const number = index + 1;
    const to = {
      key: 'practiceManager',
      role: 'practiceManager',
      name: 'Ann',
      email: `to${number}@practice.example`,
    } as const;
    return messageLike({ key: `digest/a/${number}`, to, ...change });
  });
}

export const inputOf = (messages: OutboundMessage[]): DeliverInput => ({
  messages,
  write: emptyWrite,
  head: emptyHead,
  atMs: Date.UTC(2026, 10, 23, 9),
});

/** The server's side of heartbeats: what it has acknowledged, and whether it can be reached. */
export interface HeartbeatServer {
  acknowledged: DeliverProgress[];
  isAway: boolean;
  /** Runs before each acknowledgement. */
  before: () => void | Promise<void>;
}

export const heartbeatServer = (): HeartbeatServer => ({ acknowledged: [], isAway: false, before: () => undefined });

export interface WorkerSettings extends Partial<Omit<DeliverDependencies, 'mail'>> {
  mail: DeliverDependencies['mail'];
  /** How long ago the delivery was asked for, at every attempt. */
  waitedMs?: number;
}

/**
 * One worker process: its own memory, sharing nothing with another but the server's heartbeats.
 *
 * `kill` is `kill -9`: from then on it neither beats nor hands anything over, and its promises never settle.
 */
export function startWorker(server: HeartbeatServer, dependencies: WorkerSettings) {
  let isDead = false;
  const unlessDead = async <T>(run: () => Promise<T>): Promise<T> => (isDead ? new Promise<T>(() => undefined) : run());
  const beat = async (progress: DeliverProgress): Promise<void> => {
    await server.before();
    if (server.isAway) throw new Error('14 UNAVAILABLE');
    // As over the wire: a copy, so that nothing changes it afterwards.
    server.acknowledged.push(structuredClone(progress));
  };
  let attempt = 0;
  const { mail, waitedMs = 0, ...rest } = dependencies;
  const activities = createDeliverActivities({
    webhook: () => Promise.reject(new Error('no webhook was expected')),
    writeRegister: () => Promise.resolve({ registerWritten: true }),
    log: { info: () => undefined, warn: () => undefined },
    currentAttempt: () => ({
      id: 'delivery',
      attempt,
      waitedMs: () => waitedMs,
      details: server.acknowledged.at(-1),
      heartbeat: (progress) => unlessDead(() => beat(progress)),
      comeBack: (failure, afterMs) => Object.assign(failure, { comeBackAfterMs: afterMs }),
    }),
    ...rest,
    mail: (message, id, again) =>
      unlessDead(() => mail(message, id, again)).then((delivery) => unlessDead(() => Promise.resolve(delivery))),
  });
  return {
    /** @param number which attempt at the delivery this is, counted over all workers */
    deliver: (number: number, input: DeliverInput) => {
      attempt = number;
      return activities.deliverMessages(input);
    },
    kill: () => {
      isDead = true;
    },
  };
}
