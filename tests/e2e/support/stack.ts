/** Everything embedded, as `leadtime up` starts it, on free ports and a data folder of its own. */
import { once } from 'node:events';
import { readdir, readFile, rm } from 'node:fs/promises';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { AuditRecord } from '../../../rules/migration/records.js';
import { startLeadtime } from '../../cli/builtCli.js';
import { freePort } from '../../support/freePort.js';

const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 100;

export type PartOfStack = 'app' | 'temporal' | 'mail';

async function until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
  const giveUpAtMs = Date.now() + PATIENCE_MS;
  for (;;) {
    const seen = await look().catch(() => undefined);
    if (seen !== undefined) return seen;
    if (Date.now() > giveUpAtMs) throw new Error(`Waited ${PATIENCE_MS / 1_000} s in vain until ${what}.`);
    await pause(LOOK_EVERY_MS);
  }
}

/** True while a process runs; one that has ended and only waits to be collected does not. */
async function isAlive(pid: number): Promise<boolean> {
  const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return status !== '' && !status.includes(') Z ');
}

export class Stack {
  private child: ReturnType<typeof startLeadtime> | undefined;
  private printed = '';

  constructor(
    private readonly dataDir: string,
    private readonly ports: Record<'api' | 'temporal' | 'ui' | 'mail' | 'page', number>,
    private readonly env: Record<string, string>,
  ) {}

  async startAgain(): Promise<void> {
    const { api, temporal, ui, mail, page } = this.ports;
    const ports = ['--port', api, '--temporal-port', temporal, '--temporal-ui-port', ui];
    const args = ['up', '--data', this.dataDir, ...ports, '--mail-port', mail, '--mail-page-port', page];
    const child = startLeadtime(args.map(String), this.env);
    child.stdout.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
    this.child = child;
    await this.untilReady();
  }

  untilReady(): Promise<true> {
    return until(`the stack is ready; it printed:\n${this.printed}`, async () => {
      if (this.child?.exitCode !== null) throw new Error(this.printed);
      const answer = await fetch(`http://127.0.0.1:${this.ports.api}/readyz`);
      return answer.ok ? true : undefined;
    });
  }

  private async call(method: 'GET' | 'POST', where: string, body?: unknown): Promise<Record<string, unknown>> {
    const token = (await readFile(await this.tokenFile(), 'utf8')).trim();
    const answer = await fetch(`http://127.0.0.1:${this.ports.api}${where}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  }

  private async tokenFile(): Promise<string> {
    const address = await readFile(path.join(this.dataDir, 'run', 'api.json'), 'utf8');
    return (JSON.parse(address) as { tokenFile: string }).tokenFile;
  }

  post(where: string, body: unknown): Promise<Record<string, unknown>> {
    return this.call('POST', where, body);
  }

  get(where: string): Promise<Record<string, unknown>> {
    return this.call('GET', where);
  }

  /** Looks again and again; an answer that fails is none. */
  until<Result>(what: string, look: () => Promise<Result | undefined>): Promise<Result> {
    return until(what, look);
  }

  async history(migrationId: string): Promise<AuditRecord[]> {
    return (await this.call('GET', `/api/migrations/${migrationId}/history`))['audit'] as AuditRecord[];
  }

  untilStatus(migrationId: string, status: string): Promise<true> {
    return until(`${migrationId} is ${status}`, async () => {
      const { migration } = await this.call('GET', `/api/migrations/${migrationId}`);
      return (migration as { status: string }).status === status ? true : undefined;
    });
  }

  /** A mail that the catcher was writing when it was killed has no headers and was never acknowledged: it is none. */
  private async mails(): Promise<{ headers: { 'message-id': string } }[]> {
    const answer = await fetch(`http://127.0.0.1:${this.ports.page}/api/email`);
    const mails = (await answer.json()) as { headers: { 'message-id'?: string } }[];
    return mails.flatMap(({ headers: { 'message-id': id } }) =>
      id === undefined ? [] : [{ headers: { 'message-id': id } }],
    );
  }

  /** The Message-IDs in the catcher that belong to a migration, repeats included, without angle brackets. */
  async messageIds(migrationId: string): Promise<string[]> {
    const ids = (await this.mails()).map(({ headers }) => headers['message-id'].replace(/^<|>$/g, ''));
    return ids.filter((id) => id.startsWith(migrationId));
  }

  untilMails(count: number): Promise<true> {
    return until(`${count} mails have come`, async () => ((await this.mails()).length >= count ? true : undefined));
  }

  private async pids(): Promise<Map<string, number>> {
    const folder = path.join(this.dataDir, 'run');
    const files = (await readdir(folder)).filter((file) => file.endsWith('.pid'));
    const pids = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')));
    return new Map(files.map((file, index) => [file.replace('.pid', ''), Number.parseInt(pids[index] ?? '', 10)]));
  }

  /** `kill -9` of one process; `up` starts it again. */
  async kill(part: PartOfStack): Promise<void> {
    const pid = (await this.pids()).get(part);
    if (pid === undefined) throw new Error(`There is no run/${part}.pid.`);
    process.kill(pid, 'SIGKILL');
    await until(`${part} has gone`, async () => ((await isAlive(pid)) ? undefined : true));
  }

  /** `kill -9` of `up` itself and of all that it started. */
  async killEverything(): Promise<void> {
    const pids = [...(await this.pids()).values()];
    const ended = this.child === undefined ? undefined : once(this.child, 'exit');
    this.child?.kill('SIGKILL');
    for (const pid of pids.filter((each) => each !== this.child?.pid)) process.kill(pid, 'SIGKILL');
    await ended;
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGINT');
      await ended;
    }
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

/** Starts everything and waits until it is ready. @param env settings beside the usual */
export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'leadtime-stack-'));
  const ports = {
    api: await freePort(),
    temporal: await freePort(),
    ui: await freePort(),
    mail: await freePort(),
    page: await freePort(),
  };
  const stack = new Stack(dataDir, ports, env);
  await stack.startAgain();
  return stack;
}
