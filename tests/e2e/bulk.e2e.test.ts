import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeMigrationId } from '../../workflows/migration/ids.js';
import { currentOrder } from './support/currentOrder.js';
import { startStack, type Stack } from './support/stack.js';

const PRACTICES = 40;
const order = currentOrder();
const odsCodes = Array.from({ length: PRACTICES }, (_, index) => `B${String(index + 1).padStart(5, '0')}`);
const orderOf = (odsCode: string) => ({
  fileName: `${odsCode}.yaml`,
  text: JSON.stringify({ ...order, practice: { ...order.practice, odsCode } }),
});
const by = 'Grace Okoro';

interface Operation {
  bulkId: string;
  state: string;
  done: number;
  failed: number;
  waiting: number;
}

describe('an operation on many practices whose worker is killed in the middle', () => {
  let stack: Stack;

  const ask = async (body: object): Promise<string> =>
    String((await stack.post('/api/bulk', { by, ...body }))['bulkId']);
  const look = async (id: string): Promise<Operation> => (await stack.get(`/api/bulk/${id}`)) as unknown as Operation;
  const until = (id: string, isSo: (operation: Operation) => boolean): Promise<Operation> =>
    stack.until(`operation ${id} is so`, async () => {
      const operation = await look(id);
      return isSo(operation) ? operation : undefined;
    });
  const ended = (id: string) => until(id, ({ state }) => state === 'ended');
  const failedRows = async (id: string) => (await stack.get(`/api/bulk/${id}/rows?status=failed`))['rows'];
  /** How often something of a type is in the audit of each practice, in the name of whoever asked. */
  const timesIn = async (type: string): Promise<number[]> =>
    Promise.all(
      odsCodes.map(async (odsCode) => {
        const audit = await stack.history(odsCode);
        return audit.filter((record) => record.type === type && record.actor === by).length;
      }),
    );
  const onceEach = odsCodes.map(() => 1);

  beforeAll(async () => {
    // Slow enough to be killed in the middle.
    stack = await startStack({ LEADTIME_BULK_PER_SECOND: '10', LEADTIME_BULK_AT_ONCE: '4' });
    await ended(await ask({ start: odsCodes.map(orderOf) }));
  });
  afterAll(async () => stack.stop());

  it('starts each migration once, and says so of those that run already', async () => {
    const again = await ended(await ask({ start: [...odsCodes.slice(0, 3), 'B90001'].map(orderOf) }));
    expect(again).toMatchObject({ done: 1, failed: 3 });
    expect(await failedRows(again.bulkId)).toMatchObject(
      Array.from({ length: 3 }, () => ({ code: 'already-running' })),
    );
  });

  it('does every row exactly once, and reports what could not be done', async () => {
    const closed = makeMigrationId('B90002', order.orderedOn, 'closed');
    const rows = [...odsCodes, closed, 'B90003'].map((practice) => ({ practice, milestone: 'training-plan' }));
    const id = await ask({ done: [...rows, { practice: 'B90001', milestone: 'no-such-thing' }] });
    await until(id, ({ done }) => done >= 8);
    await stack.kill('app');
    expect(await ended(id)).toMatchObject({ done: PRACTICES, failed: 3, waiting: 0 });
    expect(await failedRows(id)).toMatchObject([
      { practice: closed, code: 'migration-unknown' },
      { practice: 'B90003', code: 'migration-unknown' },
      { practice: 'B90001', code: 'unknown-milestone' },
    ]);
    await stack.until('the register has all of them', async () =>
      (await timesIn('milestone.done')).every((times) => times > 0) ? true : undefined,
    );
    expect(await timesIn('milestone.done')).toEqual(onceEach);
  });

  it('repeats what failed alone, once that is mended', async () => {
    const id = await ask({ done: ['B90001', 'B90004'].map((practice) => ({ practice, milestone: 'training-plan' })) });
    expect(await ended(id)).toMatchObject({ done: 1, failed: 1 });
    await ended(await ask({ start: [orderOf('B90004')] }));
    await stack.post(`/api/bulk/${id}/repeat`, { by });
    expect(await until(id, ({ state, done }) => state === 'ended' && done === 2)).toMatchObject({ failed: 0 });
    expect((await stack.history('B90001')).filter(({ actor }) => actor === by)).toHaveLength(1);
  });

  it('stops where it is, and does the rest when it is repeated', async () => {
    const id = await ask({ done: odsCodes.map((practice) => ({ practice, milestone: 'posters.main' })) });
    await until(id, ({ done }) => done >= 5);
    await stack.post(`/api/bulk/${id}/stop`, { by });
    const stopped = await until(id, ({ state }) => state === 'stopped');
    expect(stopped.waiting).toBeGreaterThan(0);
    expect(stopped.done + stopped.waiting).toBe(PRACTICES);
    await stack.post(`/api/bulk/${id}/repeat`, { by });
    expect(await ended(id)).toMatchObject({ done: PRACTICES, failed: 0, waiting: 0 });
    await stack.until('the register has all of them', async () =>
      (await timesIn('milestone.done')).every((times) => times > 1) ? true : undefined,
    );
    expect(await timesIn('milestone.done')).toEqual(odsCodes.map(() => 2));
  });

  it('cancels each once, though those that are off have closed when they are asked again', async () => {
    const id = await ask({ cancel: odsCodes.map((practice) => ({ practice, reason: 'merges' })) });
    await until(id, ({ done }) => done >= 8);
    await stack.kill('app');
    expect(await ended(id)).toMatchObject({ done: PRACTICES, failed: 0 });
    await stack.until('the register has all of them', async () =>
      (await timesIn('migration.cancelled')).every((times) => times > 0) ? true : undefined,
    );
    expect(await timesIn('migration.cancelled')).toEqual(onceEach);
    const late = await ended(await ask({ done: [{ practice: 'B00001', milestone: 'training-plan' }] }));
    expect(await failedRows(late.bulkId)).toMatchObject([{ code: 'migration-closed' }]);
  });
});
