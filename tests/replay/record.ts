/** Records one scenario as a new history. Never replaces one: an old history is the proof that old runs still replay. */
import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { searchAttributeKeys } from '../../workflows/migration/searchAttributes.js';
import { bundledWorkflows } from '../support/bundle.js';
import { startDevServer } from '../support/devServer.js';
import { rehearse, type Rehearsal } from '../support/rehearsal.js';
import { historiesOfRuns } from '../support/runs.js';
import { historiesFolder } from './histories.js';
import { historyToText, type History } from './historyJson.js';
import { scenarios, type Scenario } from './scenarios.js';

async function recordScenario(scenario: Scenario): Promise<History> {
  const { continuedAfterEvents: length } = scenario;
  const dynamicConfig = length === undefined ? [] : [`limit.historyCount.suggestContinueAsNew=${length}`];
  const server = await startDevServer({ searchAttributes: Object.values(searchAttributeKeys), dynamicConfig });
  try {
    const bundleCode = await bundledWorkflows();
    const runs = await rehearse({ address: server.address, bundleCode }, scenario, runsOf(scenario));
    const run = runs[length === undefined ? 0 : 1];
    if (run === undefined) throw new Error('The migration did not continue as new.');
    return run;
  } finally {
    await server.stop();
  }
}

/** Acts, waits for the end, and gives the history of each run. */
const runsOf =
  ({ act }: Scenario) =>
  async (rehearsal: Rehearsal): Promise<History[]> => {
    await act(rehearsal);
    await rehearsal.handle.result();
    const { client, workflowId, firstExecutionRunId } = rehearsal.handle;
    return await historiesOfRuns(client, workflowId, firstExecutionRunId);
  };

/** Without what activities were given: replay does not look at it, and it is most of the bytes. */
function withoutInputs(history: History): History {
  const events = (history.events ?? []).map((event) => {
    const { activityTaskScheduledEventAttributes: scheduled } = event;
    return scheduled ? { ...event, activityTaskScheduledEventAttributes: { ...scheduled, input: null } } : event;
  });
  return { events };
}

function versionOfProduct(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

async function main(name: string): Promise<number> {
  const scenario = scenarios[name];
  if (scenario === undefined) {
    console.error(`There is no scenario "${name}". Choose one of: ${Object.keys(scenarios).join(', ')}.`);
    return 2;
  }
  const file = new URL(`${versionOfProduct()}-${name}.json`, historiesFolder);
  if (existsSync(file)) {
    console.error(`${fileURLToPath(file)} is there already, and recorded histories are never replaced.`);
    return 1;
  }
  const history = await recordScenario(scenario());
  await writeFile(file, historyToText(withoutInputs(history)), { flag: 'wx' });
  console.log(`${fileURLToPath(file)}: ${history.events?.length ?? 0} events`);
  return 0;
}

Runtime.install({ logger: new DefaultLogger('ERROR') });
process.exitCode = await main(process.argv[2] ?? '');
