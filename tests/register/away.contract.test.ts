import net from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRegisterActivities } from '../../activities/register/activities.js';
import { RegisterRefusedError, RegisterUnavailableError } from '../../register/errors.js';
import { openRegister } from '../../register/open.js';
import type { Register } from '../../register/types.js';
import { type TestPostgres, startPostgres } from '../support/postgres.js';
import { freePort } from '../support/freePort.js';
import { postgresPlaces } from './places.js';
import { chain, migration, write } from './registerWrites.js';

/** The way to PostgreSQL, which can be cut. */
class Wire {
  private server: net.Server | undefined;
  private readonly sockets = new Set<net.Socket>();
  private bytes = 0;

  constructor(
    readonly port: number,
    private readonly targetPort: number,
  ) {}

  async mend(swallowing = false): Promise<void> {
    this.server = net.createServer((near) => {
      this.keep(near);
      if (swallowing) return;
      const far = this.keep(net.connect(this.targetPort, '127.0.0.1'));
      near.on('data', (chunk) => (this.bytes += chunk.length));
      near.pipe(far).pipe(near);
    });
    await new Promise<void>((resolve) => this.server?.listen(this.port, '127.0.0.1', resolve));
  }

  /** Resolves once that much more has gone to the database. */
  async carries(bytes: number): Promise<void> {
    const enough = this.bytes + bytes;
    while (this.bytes < enough) await new Promise((resolve) => setTimeout(resolve, 1));
  }

  async cut(): Promise<void> {
    const closed = new Promise<unknown>((resolve) => (this.server ? this.server.close(resolve) : resolve(undefined)));
    this.server = undefined;
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private keep(socket: net.Socket): net.Socket {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    return socket;
  }
}

describe('a register whose database is away', () => {
  let server: TestPostgres;
  let wire: Wire;
  let register: Register;

  beforeAll(async () => {
    server = await startPostgres();
    const url = new URL(server.url);
    wire = new Wire(await freePort(), Number(url.port));
    url.port = String(wire.port);
    register = await openRegister({ databaseUrl: url.href });
  });

  afterAll(async () => {
    await register.close();
    await wire.cut();
    await server.stop();
  });

  /** The database is back, and no connection from before is left. */
  async function restore(): Promise<void> {
    await wire.cut();
    await wire.mend();
    while (!(await register.ping()));
  }

  it('opens all the same, makes its tables once the database is there, and outlives every cut', async () => {
    const logged: string[] = [];
    const { writeRegister } = createRegisterActivities({
      register,
      log: { error: (_fields, text) => logged.push(text) },
    });
    expect(await register.ping()).toBe(false);
    await expect(register.show('A12345')).rejects.toBeInstanceOf(RegisterUnavailableError);
    expect(await writeRegister(write())).toEqual({ registerWritten: false });
    expect(logged).toEqual(['The register is away: the records go with the next write.']);

    await wire.mend();
    expect(await register.ping()).toBe(true);
    expect(await writeRegister(write())).toMatchObject({ registerWritten: true });

    await wire.cut();
    expect(await writeRegister(write({ asOfSeq: 2, audit: chain(2) }))).toEqual({ registerWritten: false });
    await wire.mend();
    expect(await writeRegister(write({ asOfSeq: 2, audit: chain(2) }))).toMatchObject({ registerWritten: true });
    expect(await register.history('A12345')).toEqual(chain(2));
  });

  it('outlives a cut in the middle of a transaction, and keeps nothing of it', async () => {
    await restore();
    const rebuilt = write({
      migration: migration({ migrationId: 'cut', odsCode: 'CUT' }),
      audit: chain(20_000),
      asOfSeq: 20_000,
    });
    const outcome = register.write(rebuilt).catch((error: unknown) => error);
    await Promise.race([wire.carries(500_000), outcome]);
    await wire.cut();
    expect(await outcome).toBeInstanceOf(RegisterUnavailableError);
    await wire.mend();
    expect(await register.show('cut')).toBeUndefined();
    expect(await register.history('cut')).toEqual([]);
  });

  it('gives up on a network that swallows everything', async () => {
    await restore();
    await wire.cut();
    expect(await register.ping()).toBe(false);
    await wire.mend(true);
    expect(await register.ping()).toBe(false);
    await wire.cut();
    await wire.mend();
    expect(await register.ping()).toBe(true);
  });

  it('is refused at once where the database says no, in words without anybody’s data', async () => {
    const nowhere = server.url.replace(/\/postgres$/, '/nowhere');
    const refused: unknown = await openRegister({ databaseUrl: nowhere }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(RegisterRefusedError);
    expect(String(refused)).toContain('"nowhere" does not exist');

    await restore();
    const tooBig = write({ migration: migration({ dateVersion: 99_999_999_999 }) });
    const failed: unknown = await register.write(tooBig).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(RegisterRefusedError);
    expect(JSON.stringify(failed) + String(failed)).not.toContain('Example Medical Centre');
  });

  it('still has connections to give after more outages in the middle of writes than its pool is wide', async () => {
    await restore();
    for (let outage = 0; outage < 12; outage += 1) {
      expect(await register.ping()).toBe(true);
      const outcome = register.write(write({ audit: chain(2_000) })).catch((error: unknown) => error);
      await wire.cut();
      expect(await outcome).toBeInstanceOf(RegisterUnavailableError);
      await wire.mend();
    }
    expect(await register.ping()).toBe(true);
  });

  it('has its tables made once by many that start at the same moment', async () => {
    const places = await postgresPlaces();
    const place = await places.fresh();
    const opened = await Promise.all([1, 2, 3, 4].map(() => openRegister(place)));
    await Promise.all(opened.map((one) => one.write(write())));
    expect(await opened[0]?.history('A12345')).toEqual(chain(1));
    await Promise.all(opened.map((one) => one.close()));
    await places.stop();
  });
});
