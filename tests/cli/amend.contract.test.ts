import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { MigrationState } from '../../rules/migration/state.js';
import { orderSchema } from '../../rules/order/schema.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { Story } from '../support/story.js';
import { portfolio } from './support/portfolio.js';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';

const ID = 'Z98001-20261020-test01';
const order = exampleOrder('plain');

let api: RunningApi;
const cli = async (...args: string[]) => runCli(args, api.env);
const { state, nowMs } = new Story(startedExample(order)).until('2026-11-10');
const standing = (now: MigrationState = state): void =>
  api.migrations.planFrom({ kind: 'answered', answer: { state: now, order, nowMs } });
const ofLastYear = { ...state, plan: { ...state.plan, calendar: { ...state.plan.calendar, version: 'of last year' } } };

beforeEach(async () => {
  api = await runApi({ register: portfolio });
  standing();
});
afterEach(async () => api.app.close());

async function fileWith(text: string): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'leadtime-amend-')), 'order.yaml');
  await writeFile(file, text);
  return file;
}

describe('amending an order from the command line', () => {
  it('prints the order as it stands, which is one', async () => {
    const { exitCode, stdout } = await cli('amend', ID, '--export');
    expect(exitCode).toBe(0);
    const printed = orderSchema.parse(parse(stdout));
    expect(printed).toMatchObject({ practice: order.practice, anchors: order.anchors });
    expect(printed.alreadyDone.map(({ milestone }) => milestone)).toContain('extract.initial.alder.core.1.asked');
  });

  it('shows what another order does, and makes it the order', async () => {
    const { stdout: printed } = await cli('amend', ID, '--export');
    const file = await fileWith(
      printed.replace('surveyItems: []', 'surveyItems: [{ id: scanner, title: A scanner, owner: practice }]'),
    );
    const preview = await cli('amend', ID, '--file', file, '--preview');
    expect(preview).toMatchObject({ exitCode: 0, stderr: '' });
    expect(preview.stdout).toContain('surveyItems.scanner: added');
    expect(api.migrations.said).toEqual([]);
    const { exitCode, stdout } = await cli('amend', ID, '--file', file, '--reason', 'the survey', '--yes');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('is amended');
    expect(api.migrations.said).toMatchObject([
      { what: 'redate', payload: { amended: { changes: ['surveyItems.scanner: added'] } } },
    ]);
  });

  it('names every line that is wrong, and what is missing on the command line', async () => {
    const { stdout: printed } = await cli('amend', ID, '--export');
    const file = await fileWith(printed.replace('dispensing: false', 'dispensing: perhaps'));
    const { exitCode, stderr } = await cli('amend', ID, '--file', file, '--preview');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/order\.yaml:\d+.*dispensing/);
    expect((await cli('amend', ID, '--preview')).exitCode).toBe(2);
  });
});

describe('adopting what is in use from the command line', () => {
  it('says that there is nothing to adopt', async () => {
    const { exitCode, stderr } = await cli('adopt', ID, '--preview');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('that are in use');
  });

  it('shows what comes into use, and takes it', async () => {
    standing(ofLastYear);
    const { stdout } = await cli('adopt', ID, '--calendar', '--preview');
    expect(stdout).toMatch(/With it come into use:\s+calendar: \S+ of last year →/);
    const { exitCode } = await cli('adopt', ID, '--reason', 'a new bank holiday', '--yes');
    expect(exitCode).toBe(0);
    expect(api.migrations.said).toMatchObject([{ what: 'redate', payload: { adopts: true, moves: [] } }]);
  });

  it('lists whom it concerns', async () => {
    expect((await cli('calendar', 'affected')).stdout).toContain('0 migrations of 1 would adopt something');
    standing(ofLastYear);
    const { exitCode, stdout } = await cli('calendar', 'affected');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('1 migration of 1 would adopt something');
    expect(stdout).toContain('of last year');
  });
});
