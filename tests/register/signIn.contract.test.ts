import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegister } from '../../register/open.js';
import type { OperatorSession, Register, SignInLink } from '../../register/types.js';
import { type Places, pglitePlaces, postgresPlaces } from './places.js';

const NOON_MS = Date.UTC(2026, 10, 23, 12);
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const engines: [string, () => Promise<Places>][] = [
  ['PGlite', pglitePlaces],
  ['PostgreSQL', postgresPlaces],
];

const session = (name: string, over: Partial<OperatorSession> = {}): OperatorSession => ({
  sessionId: `session-${name}`,
  secretHash: `hash-${name}`,
  name,
  subject: 'sub-1',
  role: 'operator',
  way: 'oidc',
  createdAtMs: NOON_MS,
  seenAtMs: NOON_MS,
  expiresAtMs: NOON_MS + 10 * HOUR_MS,
  ...over,
});

const link = (name: string, over: Partial<SignInLink> = {}): SignInLink => ({
  secretHash: `link-${name}`,
  name,
  role: 'admin',
  createdBy: 'root',
  createdAtMs: NOON_MS,
  expiresAtMs: NOON_MS + HOUR_MS,
  ...over,
});

describe.each(engines)('what the register on %s keeps of signing in', (_engine, makePlaces) => {
  let places: Places;
  let register: Register;

  beforeAll(async () => {
    places = await makePlaces();
    register = await openRegister(await places.fresh());
  });

  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  it('gives a session back by the hash of its secret, with when it was last seen', async () => {
    await register.addSession(session('ann'));
    expect(await register.findSession('hash-ann')).toEqual(session('ann'));
    await register.touchSession('session-ann', NOON_MS + 1);
    expect(await register.findSession('hash-ann')).toEqual(session('ann', { seenAtMs: NOON_MS + 1 }));
    expect(await register.findSession('hash-nobody')).toBeUndefined();
  });

  it('ends a session once, and lists it no more', async () => {
    await register.addSession(session('bo'));
    const ended = session('bo', { endedAtMs: NOON_MS + 5 });
    expect(await register.endSession('session-bo', NOON_MS + 5)).toEqual(ended);
    expect(await register.endSession('session-bo', NOON_MS + 6)).toBeUndefined();
    expect(await register.findSession('hash-bo')).toEqual(ended);
    expect((await register.sessions(NOON_MS + 6)).map(({ name }) => name)).not.toContain('bo');
  });

  it('lists no session that is over by itself', async () => {
    await register.addSession(session('cy', { expiresAtMs: NOON_MS + HOUR_MS }));
    expect((await register.sessions(NOON_MS)).map(({ name }) => name)).toContain('cy');
    expect((await register.sessions(NOON_MS + HOUR_MS)).map(({ name }) => name)).not.toContain('cy');
  });

  it('forgets sessions a month after they were over', async () => {
    await register.addSession(session('di', { expiresAtMs: NOON_MS - 31 * DAY_MS }));
    expect(await register.findSession('hash-di')).toBeDefined();
    await register.addSession(session('eve'));
    expect(await register.findSession('hash-di')).toBeUndefined();
  });

  it('lets one of many who try at once use a link', async () => {
    await register.addSignInLink(link('fay'));
    const tries = await Promise.all(Array.from({ length: 8 }, () => register.spendSignInLink('link-fay', NOON_MS + 1)));
    const used = link('fay', { usedAtMs: NOON_MS + 1 });
    expect(tries.filter((each) => each !== undefined)).toEqual([used]);
    expect(await register.findSignInLink('link-fay')).toEqual(used);
  });

  it('lets nobody use a link that is over, or none', async () => {
    await register.addSignInLink(link('guy'));
    expect(await register.spendSignInLink('link-guy', NOON_MS + HOUR_MS)).toBeUndefined();
    expect(await register.spendSignInLink('link-nobody', NOON_MS)).toBeUndefined();
  });

  it('forgets links a month after they were over', async () => {
    await register.addSignInLink(link('hal', { expiresAtMs: NOON_MS - 31 * DAY_MS }));
    await register.addSignInLink(link('ida'));
    expect(await register.findSignInLink('link-hal')).toBeUndefined();
  });
});
