import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { leadtime } from './builtCli.js';

const rehearse = (order: string, ...options: string[]) => leadtime(['rehearse', `examples/${order}.yaml`, ...options]);
const events = (name: string) => `examples/events/${name}.yaml`;

const documentSchema = z.looseObject({
  trace: z.array(
    z.looseObject({ type: z.string(), mail: z.object({ subject: z.string(), text: z.string() }).optional() }),
  ),
  summary: z.looseObject({}),
});

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leadtime-rehearse-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function fileOf(text: string): Promise<string> {
  const file = path.join(folder, 'events.yaml');
  await writeFile(file, text);
  return file;
}

/** Instants at the beginnings of lines. */
const instants = (stdout: string): string[] =>
  stdout.split('\n').flatMap((line) => /^\w{3} (\d{4}-\d{2}-\d{2} \d{2}:\d{2}) {2}(?!\w+$)/.exec(line)?.[1] ?? []);

describe('leadtime rehearse', () => {
  it('prints every wake, mail, slip and phase in order of time, and a summary', async () => {
    const { code, stdout, stderr } = await rehearse('plain');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('nobody does anything');
    expect(stdout).toMatch(/^Tue 2026-10-20 09:19 {2}wake$/m);
    expect(stdout).toMatch(/^ {4}mail {7}request to alder\.contact \(Alder extracts desk\): /m);
    expect(stdout).toMatch(/^ {4}slipped {4}posters\.main, due 2026-12-17: 1 working day late$/m);
    expect(stdout).toMatch(/^ {4}phase {6}dataChecking$/m);
    expect(stdout).toMatch(/^Ended \w{3} 2027-\d\d-\d\d 09:19: completed, \d+ milestones open\.$/m);
    expect(instants(stdout)).toEqual(instants(stdout).toSorted());
  });

  it('gives the same as one JSON document, with each mail in full where that is asked for', async () => {
    const { code, stdout } = await rehearse('plain', '--json', '--mails');
    expect(code).toBe(0);
    const document = documentSchema.parse(JSON.parse(stdout));
    expect(document).toMatchObject({ scenario: 'nobody does anything', asOf: '2026-10-20' });
    expect(document.trace[0]).toMatchObject({ type: 'wake', at: '2026-10-20T08:19:00.000Z' });
    const mails = document.trace.filter(({ type }) => type === 'message');
    expect(mails.length).toBeGreaterThan(50);
    for (const { mail } of mails) expect(mail?.subject).toContain('Millbrook Lane Surgery');
    expect(document.summary).toMatchObject({ refused: 0, mails: mails.length, end: { status: 'completed' } });
  });

  it('prints every mail as its reader sees it', async () => {
    const { stdout } = await rehearse('plain', '--mails', '--events', events('plain-wrong-day'));
    expect(stdout).toMatch(/^ {8}To: Priya Nayar </m);
    expect(stdout).toMatch(/^ {8}Subject: REHEARSAL: .*Thursday 7 January 2027/m);
    expect(stdout).toContain('Thursday 14 January 2027');
  });

  it('sends only formal mail when everybody is early, and ends with nothing open', async () => {
    const { code, stdout } = await rehearse('rich', '--early');
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/ (digest|chase|escalation) to /);
    expect(stdout).toContain('nothing is open');
  });

  it('proves that every reminder goes out where it is needed, and none where not', async () => {
    const { code, stdout } = await rehearse('rich', '--prove');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Coverage: \d+\/\d+ rungs go out in at least one rehearsal\.$/m);
    expect(stdout).not.toContain('never go out');
    expect(stdout).toContain('no reminder and no escalation');
    expect(stdout.trimEnd().endsWith('Proved.')).toBe(true);
  });

  it('gives the proof as JSON', async () => {
    const { stdout } = await rehearse('plain', '--prove', '--json');
    expect(JSON.parse(stdout)).toMatchObject({ proved: true, faults: [], coverage: { uncovered: [] } });
  });
});

describe('leadtime rehearse with an events file', () => {
  it.each(['plain-wrong-day', 'plain-called-off'])('lets the events of %s happen', async (name) => {
    const { code, stdout, stderr } = await rehearse('plain', '--events', events(name));
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^Wed 2026-10-28 12:00 {2}alder: form\.sent, initial extract \(done\)$/m);
  });

  it('answers 1 where a running migration would refuse one of them, and says why', async () => {
    const { code, stdout } = await rehearse('plain', '--events', events('plain-bad-week'));
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Tue 2027-02-02 17:00 {2}REFUSED Tom Ashdown: done anchor\.goLive: .*waived by name/m);
    expect(stdout).toMatch(/^Thu 2026-12-24 18:00 {2}outage until Tue 2026-12-29 11:00$/m);
    expect(stdout).toContain('REFUSED FOR GOOD');
  });

  it('answers 2 for a file with mistakes, with all of them at their lines', async () => {
    const file = await fileOf('- { at: 2026-10-28, dnoe: x }\n- { at: 2026-13-01, done: x }\n');
    const { code, stdout, stderr } = await rehearse('plain', '--events', file);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('events.yaml:1: [0].dnoe: there is no key "dnoe" here');
    expect(stderr).toContain('events.yaml:2: [1].at: ');
  });

  it('warns of entries that are not in order of time', async () => {
    const file = await fileOf('- { at: 2026-12-01, refuse: eps.contact }\n- { at: 2026-11-02, done: posters.main }\n');
    const { code, stderr } = await rehearse('plain', '--events', file);
    expect(code).toBe(0);
    expect(stderr).toContain('events.yaml:2: [1].at: is earlier than an entry above it');
  });

  it('takes one scenario at a time', async () => {
    const { code, stderr } = await rehearse('plain', '--early', '--events', events('plain-wrong-day'));
    expect(code).toBe(2);
    expect(stderr).toContain('cannot be used with');
  });
});

describe('leadtime rehearse of an order that starts late', () => {
  it('warns that it would be refused, and shows what would become of it', async () => {
    const { code, stdout, stderr } = await rehearse('plain', '--as-of', '2026-12-01');
    expect(code).toBe(0);
    expect(stderr).toContain('would be refused');
    expect(stdout).toMatch(/^Tue 2026-12-01 09:19 {2}wake$/m);
  });
});
