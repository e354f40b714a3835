import { describe, expect, it } from 'vitest';
import { createRegisterActivities } from '../../../activities/register/activities.js';
import { RegisterConflictError, RegisterRefusedError, RegisterUnavailableError } from '../../../register/errors.js';
import type { RegisterWrite } from '../../../rules/migration/records.js';
import { emptyHead } from '../../../rules/migration/auditChain.js';
import { chain, write } from '../../register/registerWrites.js';

/** A register that answers each write in turn as told: an error is thrown, `hang` never answers, `ok` is written. */
function registerThat(...answers: (Error | 'ok' | 'hang')[]) {
  const written: RegisterWrite[] = [];
  const logged: { fields: Record<string, unknown>; message: string }[] = [];
  const log = { error: (fields: Record<string, unknown>, message: string) => void logged.push({ fields, message }) };
  const register = {
    write: async (what: RegisterWrite) => {
      written.push(what);
      const answer = answers.shift() ?? 'ok';
      if (answer === 'hang') await new Promise(() => undefined);
      if (answer instanceof Error) throw answer;
    },
  };
  return { written, logged, activities: createRegisterActivities({ register, log, patienceMs: 1_000 }) };
}

const away = new RegisterUnavailableError('connect ECONNREFUSED 127.0.0.1:5432');

describe('writing the register from a migration', () => {
  it('says so when it is written, and logs nothing', async () => {
    const { activities, written, logged } = registerThat('ok');
    expect(await activities.writeRegister(write())).toMatchObject({ registerWritten: true });
    expect(written).toEqual([write()]);
    expect(logged).toEqual([]);
  });

  it('tells where the chain ends then, and nothing where no record was written', async () => {
    const { activities } = registerThat('ok', 'ok');
    const audit = chain(3);
    const { seq, hash } = audit.at(-1) ?? emptyHead;
    expect(await activities.writeRegister(write({ audit }))).toEqual({ registerWritten: true, head: { seq, hash } });
    expect(await activities.writeRegister(write({ audit: [] }))).toEqual({ registerWritten: true });
  });

  it('tries once more when the database was away for a moment', async () => {
    const { activities, written, logged } = registerThat(away, 'ok');
    expect(await activities.writeRegister(write())).toMatchObject({ registerWritten: true });
    expect(written).toEqual([write(), write()]);
    expect(logged).toEqual([]);
  });

  it('gives up after two tries, and says which records are still to be written', async () => {
    const { activities, written, logged } = registerThat(away, away, 'ok');
    expect(await activities.writeRegister(write({ asOfSeq: 7 }))).toEqual({ registerWritten: false });
    expect(written).toHaveLength(2);
    expect(logged).toEqual([
      {
        fields: {
          migrationId: 'A12345-20270107-abc123',
          asOfSeq: 7,
          problem: 'RegisterUnavailableError',
          reason: away.message,
        },
        message: 'The register is away: the records go with the next write.',
      },
    ]);
  });

  it('does not wait for a database that never answers', async () => {
    const { activities, logged } = registerThat('hang');
    expect(await activities.writeRegister(write())).toEqual({ registerWritten: false });
    expect(logged[0]?.fields['reason']).toContain('no answer within 1000 ms');
  });

  it.each([
    new RegisterConflictError('A12345-20270107-abc123', 1),
    new RegisterRefusedError('permission denied for table audit', '42501'),
    new TypeError('value is not iterable'),
  ])('does not stop the migration, nor try again, for %s', async (error) => {
    const { activities, written, logged } = registerThat(error);
    expect(await activities.writeRegister(write())).toEqual({ registerWritten: false });
    expect(written).toHaveLength(1);
    expect(logged[0]?.message).toContain('until somebody looks into it');
    expect(logged[0]?.fields).toMatchObject({ problem: error.name, reason: error.message });
  });
});
