import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { OPERATOR_TOKEN, startTestServer, type TestServer } from '../support/testServer.js';
import { arbitraryOf, fittingOrNot } from './arbitrary.js';
import { misfitOf, operationsOf, type Operation } from './document.js';

const RUNS = 40;

let server: TestServer;
let operations: Operation[];

const away = { perAddress: 1_000_000, perSupplier: 1_000_000, perMigration: 1_000_000 };

beforeAll(async () => {
  server = await startTestServer({}, away);
  operations = await operationsOf(server.app);
});
afterAll(async () => server.app.close());

const parametersOf = ({ parameters }: Operation, place: string) =>
  fc.record(
    Object.fromEntries(
      parameters
        .filter((each) => each.in === place)
        .map(({ name, schema }) => [name, arbitraryOf(schema).map((value) => String(value))]),
    ),
    place === 'path' ? {} : { requiredKeys: [] },
  );

/** A request as the document describes it, or nearly so. */
const requestsFor = (operation: Operation) =>
  fc.record({
    path: parametersOf(operation, 'path'),
    query: parametersOf(operation, 'query'),
    body: operation.body === undefined ? fc.constant(undefined) : fittingOrNot(operation.body),
  });

type Asked = ReturnType<typeof requestsFor> extends fc.Arbitrary<infer Request> ? Request : never;

async function ask({ method, path }: Operation, { path: values, query, body }: Asked) {
  // An empty part of a path, or a dot, is another address.
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(values[name]?.replace(/^\.{0,2}$/, '-') ?? '-'),
  );
  return server.app.inject({
    method,
    url,
    query: Object.fromEntries(
      Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, 'content-type': 'application/json' },
    ...(body !== undefined && { payload: JSON.stringify(body) }),
  });
}

describe('whatever is asked of the API', () => {
  it('is answered as the OpenAPI document says, and never with a fault of ours', async () => {
    expect(operations.length).toBeGreaterThan(30);
    for (const operation of operations) {
      const property = fc.asyncProperty(requestsFor(operation), async (request) => {
        const response = await ask(operation, request);
        const misfit = misfitOf(operation, response);
        if (misfit !== undefined) throw new Error(`${operation.method} ${operation.path}: ${misfit}`);
      });
      await fc.assert(property, { numRuns: RUNS });
    }
  });

  it('is explained as described, for each milestone of a migration', async () => {
    const order = exampleOrder('rich');
    const state = startedExample(order);
    const running = await startTestServer({}, away);
    running.migrations.planFrom({ kind: 'answered', answer: { state, order, nowMs: state.startedAtMs } });
    const explanation = operations.find(({ path }) => path.endsWith('/explanation') && path.includes('{milestone}'));
    if (explanation === undefined) throw new Error('There is no explanation of a milestone.');
    for (const { id } of state.plan.milestones) {
      const response = await running.app.inject({
        url: `/api/migrations/${state.migrationId}/milestones/${id}/explanation`,
        headers: { authorization: `Bearer ${OPERATOR_TOKEN}` },
      });
      expect([id, response.statusCode, misfitOf(explanation, response)]).toEqual([id, 200, undefined]);
    }
    await running.app.close();
  });

  it('is 405 with the methods that there are, where an address is asked in another way', async () => {
    for (const { path } of operations) {
      const url = path.replaceAll(/\{\w+\}/g, 'x');
      const response = await server.app.inject({ method: 'DELETE', url });
      expect([url, response.statusCode]).toEqual([url, 405]);
      expect(response.headers.allow).toMatch(/GET|POST/);
    }
  });
});
