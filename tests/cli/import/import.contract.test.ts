import { mkdtempSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { orderSchema, type Order } from '../../../rules/order/schema.js';
import { nobody } from '../../../rules/rehearsal/actor.js';
import { rehearseMigration } from '../../../rules/rehearsal/run.js';
import { startedExample } from '../../support/examples.js';
import { runCli, type CliResult } from '../support/runCli.js';

const tracker = readFileSync('examples/tracker/tracker.csv', 'utf8');
const template = 'examples/tracker/template.yaml';
const asOf = '2026-11-23';

let folder: string;
const place = (name: string): string => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leadtime-import-'));
});

async function importing(text: string, ...options: string[]): Promise<CliResult> {
  await writeFile(place('tracker.csv'), text);
  const args = ['import', place('tracker.csv'), '--template', template, '--as-of', asOf, '--out', place('orders')];
  return runCli([...args, ...options], {});
}
const written = async (): Promise<string[]> => readdir(place('orders')).catch(() => []);
const orderOf = async (practice: string): Promise<Order> =>
  orderSchema.parse(parse(await readFile(place(`orders/${practice}.yaml`), 'utf8')));
/** What a refusal says, without the path of the file. */
const faultsOf = ({ stderr }: CliResult): string[] =>
  stderr
    .replaceAll(`${folder}${path.sep}`, '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.includes(':') && !line.endsWith(':'));

describe('importing a tracker', () => {
  it('makes an order of each line, whatever stands above the header, between the lines and beside the cells', async () => {
    const { exitCode, stdout } = await importing(tracker);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 orders written');
    expect(stdout).toContain('Not read from the tracker: Printers, Notes.');
    expect(await written()).toEqual(['Z98101.yaml', 'Z98102.yaml', 'Z98103.yaml']);
    const order = await orderOf('Z98101');
    expect(order.practice).toMatchObject({ odsCode: 'Z98101', name: 'Harbour Road Surgery' });
    expect(order.contacts.practiceManager).toMatchObject({ name: 'Ana Ruiz', phone: '01632 960141' });
    expect(order.anchors.initialDataProduction).toEqual({ on: '2027-02-18', status: 'confirmed' });
    expect(order.anchors.goLive).toEqual({ on: '2027-03-16', status: 'provisional' });
    expect(order.parties.map(({ id, roles }) => [id, ...roles])).toEqual([
      ['alder', 'sourceSupplier'],
      ['rowan', 'targetSupplier'],
      ['eps', 'thirdParty'],
      ['pcse', 'thirdParty'],
      ['county-labs', 'thirdParty'],
    ]);
    expect(order.alreadyDone).toEqual([
      { milestone: 'extract.initial.alder.core.1.asked', on: '2026-10-15', by: 'taken over from the tracker' },
      { milestone: 'extract.initial.alder.core.1.formAtPractice', on: '2026-10-22', by: 'taken over from the tracker' },
    ]);
  });

  it('names the suppliers of the practice in what is done, and the day of its form', async () => {
    await importing(tracker);
    expect((await orderOf('Z98103')).alreadyDone).toContainEqual({
      milestone: 'extract.initial.rowan.core.1.formReturned',
      on: '2026-11-09',
      forDate: '2027-02-11',
      by: 'taken over from the tracker',
    });
  });

  it('reads the same from semicolons, a BOM, CRLF, and columns in another order', async () => {
    await importing(tracker);
    const before = await orderOf('Z98102');
    const { rows } = parseRows(tracker);
    const turned = rows
      .map((cells) =>
        cells
          .toReversed()
          .map((cell) => `"${cell}"`)
          .join(';'),
      )
      .join('\r\n');
    folder = mkdtempSync(path.join(tmpdir(), 'leadtime-import-'));
    expect((await importing(`\uFEFF${turned}\r\n`)).exitCode).toBe(0);
    expect(await orderOf('Z98102')).toEqual(before);
  });

  it('mails nothing for what is done, and nobody for what the CSU has taken as done', async () => {
    await importing(tracker, '--done-before', '2026-11-20');
    for (const practice of ['Z98101', 'Z98102', 'Z98103']) {
      const order = await orderOf(practice);
      const done = order.alreadyDone.map(({ milestone }) => milestone);
      const { sent } = rehearseMigration(startedExample(order, asOf), { actor: nobody });
      const mailed = sent.flatMap(({ message }) => message.items.map(({ milestoneId }) => milestoneId));
      expect(done.length).toBeGreaterThan(3);
      expect(mailed.length).toBeGreaterThan(0);
      expect(done.filter((id) => mailed.includes(id))).toEqual([]);
    }
  });

  it('says what it has taken as done, and takes nothing unless it is asked to', async () => {
    expect((await importing(tracker, '--dry-run')).stdout).not.toContain('Taken as done');
    expect((await importing(tracker, '--dry-run', '--done-before', '2026-11-20')).stdout).toContain(
      'order-submodules (3)',
    );
    expect(await written()).toEqual([]);
  });

  it('confirms no third party absent where the cell says nothing of them', async () => {
    await importing(tracker.replace('EPS; PCSE', 'TBC'));
    expect((await orderOf('Z98102')).confirmedAbsent).not.toContain('eps');
    expect((await orderOf('Z98103')).confirmedAbsent).not.toContain('eps');
  });
});

/** The header and lines of our example, whose cells hold no commas. */
function parseRows(text: string): { rows: string[][] } {
  const lines = text
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('ODS code') || line.startsWith('Z'));
  return { rows: lines.map((line) => line.split(',')) };
}

describe('the authorisation of extracts', () => {
  const withColumn = (day: string): string =>
    tracker.replace(/^(ODS code.*)$/m, '$1,Extracts authorised').replace(/^(Z98101.*)$/m, `$1,${day}`);

  it('is asked of the practice though a request is out, unless the tracker says when it was given', async () => {
    for (const [day, asked] of [
      ['', ['authorisation']],
      ['12/10/2026', []],
    ] as const) {
      folder = mkdtempSync(path.join(tmpdir(), 'leadtime-import-'));
      await importing(withColumn(day));
      const { sent } = rehearseMigration(startedExample(await orderOf('Z98101'), asOf), { actor: nobody });
      expect(sent.map(({ message }) => message.kind).filter((kind) => kind === 'authorisation')).toEqual(asked);
    }
  });
});

describe('a tracker with faults', () => {
  const faulty = tracker
    .replace('18/02/2027', 'early 2027')
    .replace('ana.ruiz@harbourroad.example', 'ana at harbour')
    .replace('EPS; PCSE', 'EPS; Pigeon post')
    .replace('28 Sept 2026', '09/28/2026');

  it('is refused with every fault, by line and column, and nothing is written', async () => {
    const result = await importing(faulty);
    expect(result.exitCode).toBe(2);
    const faults = faultsOf(result);
    expect(faults).toHaveLength(4);
    expect(faults[0]).toMatch(/^tracker\.csv:4: Practice manager email: .*email/);
    expect(faults[1]).toBe(
      'tracker.csv:4: Initial data production: "early 2027" is no day; write it like 18/02/2027, or 18 Feb 2027',
    );
    expect(faults[2]).toMatch(
      /^tracker\.csv:5: Third parties: "Pigeon post" is no party of the template; the template has /,
    );
    expect(faults[3]).toMatch(/^tracker\.csv:7: Ordered on: "09\/28\/2026" is no day/);
    expect(await written()).toEqual([]);
  });

  it('gives the orders of its good lines with --only-good, and says which are not', async () => {
    const { exitCode, stdout } = await importing(tracker.replace('18/02/2027', 'soon'), '--only-good');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('tracker.csv:4: Initial data production: "soon" is no day');
    expect(await written()).toEqual(['Z98102.yaml', 'Z98103.yaml']);
  });

  it('is refused where a practice is there twice', async () => {
    const result = await importing(tracker.replace('Z98103', 'Z98101'));
    expect(faultsOf(result)).toEqual(['tracker.csv:7: Z98101 is in line 4 already; keep one of the two']);
    expect(await written()).toEqual([]);
  });

  it('takes neither line of a practice that is there twice, also where one of them is wrong', async () => {
    const text = tracker.replace('Z98103', 'Z98101').replace('18/02/2027', 'soon');
    expect((await importing(text, '--only-good')).exitCode).toBe(1);
    expect(await written()).toEqual(['Z98102.yaml']);
  });

  it('is refused where a spreadsheet has dropped the zero of a telephone number', async () => {
    const result = await importing(tracker.replace('01632 960141', '1632960141'));
    expect(faultsOf(result)).toEqual([
      expect.stringMatching(/^tracker\.csv:4: Practice manager phone: "1632960141" has lost its zero/) as string,
    ]);
  });

  it('is refused where a column is missing, and told which one it may be', async () => {
    const result = await importing(tracker.replace(',Ordered on,', ',Order date,'));
    expect(result.exitCode).toBe(2);
    expect(faultsOf(result)).toEqual([
      expect.stringMatching(/^tracker\.csv:3: Ordered on: there is no such column; is it Order date/) as string,
    ]);
  });

  it('is refused where a step is done after today, or "done" without a day', async () => {
    const result = await importing(tracker.replace('15/10/2026', '15/12/2026').replace('26/10/2026', 'yes'));
    expect(faultsOf(result)).toEqual([
      expect.stringMatching(/^tracker\.csv:4: Initial requested: .*2026-12-15/) as string,
      expect.stringMatching(/^tracker\.csv:7: Initial form at practice: "yes" does not say when/) as string,
    ]);
  });

  it('leaves a folder alone in which there is something', async () => {
    await importing(tracker);
    const again = await importing(tracker);
    expect(again.exitCode).toBe(2);
    expect(again.stderr).toContain('is not empty');
  });

  it('reports all fifty of three hundred lines that are wrong', async () => {
    const [good = ''] = tracker.split('\n').filter((line) => line.startsWith('Z98101'));
    const lines = Array.from({ length: 300 }, (_, index) => {
      const line = good.replace('Z98101', `Y${String(index).padStart(5, '0')}`);
      return index % 6 === 0 ? line.replace('18/02/2027', 'nonsense') : line;
    });
    const text = [...tracker.split('\n').slice(0, 3), ...lines].join('\r\n');
    const result = await importing(text, '--json');
    expect(result.exitCode).toBe(2);
    expect(faultsOf(result)).toHaveLength(50);
    expect(await written()).toEqual([]);
  });
});
