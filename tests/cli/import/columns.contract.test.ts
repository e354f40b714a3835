import { mkdtempSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { orderSchema, type Order } from '../../../rules/order/schema.js';
import { runCli, type CliResult } from '../support/runCli.js';

const COLUMNS = `
blank: ['?']
by: the old tracker
columns:
  - { header: Org, field: practice.odsCode }
  - { header: Surgery name, field: practice.name }
  - { header: Surgery name, field: practice.sites.0.name }
  - { header: Dispenses, field: practice.dispensing, as: yesNo, values: { partly: true } }
  - { header: PM, field: contacts.practiceManager.name }
  - { header: PM mail, field: contacts.practiceManager.email }
  - { header: Order, field: orderedOn, as: day }
  - { header: System now, parties: sourceSupplier, values: { Alder v4: alder, Alder v5: alder } }
  - { header: System then, parties: targetSupplier }
  - { header: IDP, anchor: initialDataProduction, status: confirmed }
  - { header: FDP, anchor: finalDataProduction }
  - { header: FDP agreed?, anchorStatus: finalDataProduction, values: { agreed: confirmed, pencilled: provisional } }
  - { header: Live, anchor: goLive }
  - { header: Posters up, done: posters.main, undatedOn: '2026-11-02', by: Ana Ruiz }
  - { header: Rest, doneList: true, optional: true }
`;
const HEADER =
  'Org;Surgery name;Dispenses;PM;PM mail;Order;System now;System then;IDP;FDP;FDP agreed?;Live;Posters up;Rest';
const LINE =
  'Z98101;Harbour Road;Partly;Ana Ruiz;ana@harbourroad.example;14/09/2026;alder V5;rowan;18/02/2027;11/03/2027;Agreed;16/03/2027;Yes;"technical-form 25/09/2026; extract.initial.alder.core.1.formReturned 9 Nov 2026 for 18/02/2027"';

let folder: string;
const place = (name: string): string => path.join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'leadtime-columns-'));
});

async function importing(line = LINE, columns = COLUMNS): Promise<CliResult> {
  await writeFile(place('columns.yaml'), columns);
  await writeFile(place('sheet.csv'), `${HEADER}\n${line}\n`);
  const files = ['--template', 'examples/tracker/template.yaml', '--columns', place('columns.yaml')];
  return runCli(['import', place('sheet.csv'), ...files, '--out', place('out'), '--as-of', '2026-11-23'], {});
}
const orderMade = async (): Promise<Order> =>
  orderSchema.parse(parse(await readFile(place('out/Z98101.yaml'), 'utf8')));
const faultsOf = ({ stderr }: CliResult): string[] =>
  stderr.replaceAll(`${folder}${path.sep}`, '').trim().split('\n').slice(1);

describe('a columns file of one’s own', () => {
  it('says by which headers and words a CSU keeps its tracker', async () => {
    expect(await importing()).toMatchObject({ exitCode: 0, stderr: '' });
    const order = await orderMade();
    expect(order.practice).toMatchObject({ dispensing: true, sites: [{ id: 'main', name: 'Harbour Road' }] });
    expect(order.anchors).toMatchObject({
      initialDataProduction: { on: '2027-02-18', status: 'confirmed' },
      finalDataProduction: { on: '2027-03-11', status: 'confirmed' },
      goLive: { on: '2027-03-16', status: 'provisional' },
    });
    expect(order.parties.find(({ id }) => id === 'alder')?.roles).toEqual(['sourceSupplier']);
    expect(order.alreadyDone).toEqual([
      { milestone: 'posters.main', on: '2026-11-02', by: 'Ana Ruiz' },
      { milestone: 'technical-form', on: '2026-09-25', by: 'the old tracker' },
      {
        milestone: 'extract.initial.alder.core.1.formReturned',
        on: '2026-11-09',
        forDate: '2027-02-18',
        by: 'the old tracker',
      },
    ]);
  });

  it('names every cell that its words do not cover', async () => {
    const line = LINE.replace('Partly', 'sometimes').replace('alder V5', 'Alder v6').replace('Agreed', 'nearly');
    expect(faultsOf(await importing(line.replace('25/09/2026;', 'last week;').replace('posters', 'x')))).toEqual([
      expect.stringContaining('sheet.csv:2: Dispenses: "sometimes" is neither yes nor no') as string,
      expect.stringContaining('sheet.csv:2: System now: "Alder v6" is no party of the template') as string,
      expect.stringContaining('sheet.csv:2: FDP agreed?: "nearly" says neither provisional nor confirmed') as string,
      expect.stringContaining('sheet.csv:2: Rest: "technical-form last week" is not a milestone and its day') as string,
    ]);
  });

  it('has a milestone that no practice has named at the column of whoever says that it is done', async () => {
    const [fault = ''] = faultsOf(await importing(LINE, COLUMNS.replace('posters.main', 'posters.mian')));
    expect(fault).toContain(
      'sheet.csv:2: Posters up: this plan has no milestone "posters.mian"; did you mean posters.main',
    );
  });

  it('is refused with its own faults, by line', async () => {
    const wrong = COLUMNS.replace('field: practice.odsCode', 'feild: practice.odsCode').replace(
      'anchor: goLive',
      'by: x',
    );
    const { exitCode, stderr } = await importing(LINE, wrong);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('columns.yaml:5');
    expect(stderr).toContain('columns.yaml:17');
    expect(stderr).toContain('say what it is about by exactly one of');
  });
});
