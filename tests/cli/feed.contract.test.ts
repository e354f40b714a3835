import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrationCalendar } from '../../rules/calendarEntries/ofMigration.js';
import { exampleOrder, startedExample } from '../support/examples.js';
import { portfolio } from './support/portfolio.js';
import { runApi, type RunningApi } from './support/runningApi.js';
import { runCli } from './support/runCli.js';

const OPERATOR = 'tom.ashdown@csu.example.nhs.uk';

let api: RunningApi;
const ended: string[] = [];
beforeEach(async () => {
  const endFeed = async (operatorKey: string) => {
    ended.push(operatorKey);
    return ended.length > 1 ? undefined : 'feed';
  };
  api = await runApi({ register: { ...portfolio, endFeed } });
});
afterEach(async () => api.app.close());
const cli = async (...args: string[]) => runCli(args, api.env);

describe('leadtime feed', () => {
  it('prints the link to an operator’s calendar, and how many practices it holds', async () => {
    const { exitCode, stdout } = await cli('feed', 'link', '--operator', OPERATOR);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^https?:\/\/\S+\/calendar\/\S+\.ics\nTo open it in a calendar program: webcal:\/\//);
    expect(stdout).toContain('It holds 0 practices now.');
    expect(stdout).not.toContain('tom');
  });

  it('prints the link to the calendar of one reader', async () => {
    const calendar = migrationCalendar(startedExample(exampleOrder('plain')), 'practiceManager');
    api.migrations.calendar = async () => ({ kind: 'answered', answer: calendar });
    const { exitCode, stdout } = await cli('feed', 'link', 'Z98001', 'practiceManager');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^https?:\/\/\S+\/calendar\/\S+\.ics\n/);
  });

  it.each([[[]], [['Z98001']], [['Z98001', 'practiceManager', '--operator', OPERATOR]]])(
    'asks for one or the other: %j',
    async (args) => {
      const { exitCode, stderr } = await cli('feed', 'link', ...args);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('Give either --operator EMAIL, or a migration and a role');
    },
  );

  it('ends the link to an operator’s calendar, and says where there is none', async () => {
    const { exitCode, stdout } = await cli('feed', 'revoke', '--operator', OPERATOR);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('opens nothing any more')]);
    const again = await cli('feed', 'revoke', '--operator', OPERATOR);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('No calendar link of this operator')]);
  });
});
