import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegister } from '../../register/open.js';
import type { Register } from '../../register/types.js';
import { type Places, pglitePlaces, postgresPlaces } from './places.js';
import { message, migration, milestone, MORNING_MS, write } from './registerWrites.js';

const engines: [string, () => Promise<Places>][] = [
  ['PGlite', pglitePlaces],
  ['PostgreSQL', postgresPlaces],
];

describe.each(engines)('the migrations of a party on %s', (_engine, makePlaces) => {
  let places: Places;
  let register: Register;
  const of = async (partyId: string, limit = 10, offset = 0) => register.migrationsOfParty(partyId, { limit, offset });

  beforeAll(async () => {
    places = await makePlaces();
    register = await openRegister(await places.fresh());
    const held = milestone({ holder: 'emis' });
    const about = milestone({ holder: 'csu', partyId: 'emis' });
    const lost = message({ toKey: 'emis.contact' });
    const starts = [
      { migration: migration({ migrationId: 'about', startedAtMs: MORNING_MS + 1 }), milestones: [about] },
      { migration: migration({ migrationId: 'held', startedAtMs: MORNING_MS }), milestones: [held] },
      {
        migration: migration({ migrationId: 'ended', status: 'completed', startedAtMs: MORNING_MS + 2 }),
        milestones: [held],
      },
      { migration: migration({ migrationId: 'lost', startedAtMs: MORNING_MS + 3 }), milestones: [], messages: [lost] },
      { migration: migration({ migrationId: 'rehearsed', rehearsal: true }), milestones: [held] },
      { migration: migration({ migrationId: 'other' }), milestones: [milestone({ holder: 'emis-x' })] },
      {
        migration: migration({ migrationId: 'others' }),
        milestones: [],
        messages: [message({ toKey: 'emis-x.contact' })],
      },
    ];
    for (const each of starts) await register.write(write({ messages: [], ...each }));
  });

  afterAll(async () => {
    await register.close();
    await places.stop();
  });

  it('are those with something of it, running or ended, and those that wrote to it before the order lost it', async () => {
    expect(await of('emis')).toEqual({ migrationIds: ['held', 'about', 'ended', 'lost'], total: 4 });
  });

  it('come in parts, each with how many there are', async () => {
    expect(await of('emis', 2, 1)).toEqual({ migrationIds: ['about', 'ended'], total: 4 });
    expect(await of('emis', 2, 9)).toEqual({ migrationIds: [], total: 4 });
  });

  it('are none for a party that nobody has', async () => {
    expect(await of('nobody')).toEqual({ migrationIds: [], total: 0 });
  });
});
