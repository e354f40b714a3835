import { describe, expect, it } from 'vitest';
import { instantOf } from '../../../rules/calendar/clock.js';
import { readYaml } from '../../../rules/files/readYaml.js';
import { eventsSchema } from '../../../rules/rehearsal/eventsSchema.js';
import { rehearseMigration, type Rehearsal } from '../../../rules/rehearsal/run.js';
import { scriptOf } from '../../../rules/rehearsal/script.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

const start = startedExample(exampleOrder('plain'));

function entries(text: string) {
  const reading = readYaml(text, 'events.yaml', eventsSchema);
  if (!reading.ok) throw new Error(reading.problems.map(({ line, what }) => `${line}: ${what}`).join('\n'));
  return reading.value;
}

const script = (text: string) => scriptOf(entries(text), start);
const run = (text: string): Rehearsal => rehearseMigration(start, script(text));

const at = (day: string, minuteOfDay: number): number => instantOf(start.plan.workingTime.clock, day, minuteOfDay);

function problemsOf(text: string): string[] {
  const reading = readYaml(text, 'events.yaml', eventsSchema);
  return reading.ok ? [] : reading.problems.map(({ line, field, what }) => `${line} ${field}: ${what}`);
}

describe('an events file', () => {
  it('happens at its moments in Europe/London; a day alone is its noon', () => {
    const { trace } = run(`
- { at: 2026-10-23, done: posters.main }
- { at: 2027-03-01T09:05, done: training-plan }
`);
    expect(trace.flatMap(({ type, atMs }) => (type === 'said' ? [atMs] : []))).toEqual([
      at('2026-10-23', 720),
      at('2027-03-01', 545),
    ]);
  });

  it('happens in order of time however it is written, and says which entries were not', () => {
    const text = `
- { at: 2026-12-01, done: posters.main }
- { at: 2026-11-02, done: training-plan }
- { at: 2026-11-02, done: hardware-status }
`;
    expect(script(text).outOfOrder).toEqual([1, 2]);
    const said = run(text).trace.flatMap((entry) =>
      entry.type === 'said' && entry.event.type === 'milestoneDone' ? [entry.event.report.milestoneId] : [],
    );
    expect(said).toEqual(['training-plan', 'hardware-status', 'posters.main']);
  });

  it('can say everything that a running migration takes', () => {
    const { trace } = run(`
- { at: 2026-10-21, event: form.sent, party: alder, product: core, extract: initial }
- { at: 2026-10-22, done: extract.initial.alder.core.1.formReturned, by: Priya Nayar, on: 2026-10-21, reference: by hand }
- { at: 2026-10-23, waive: posters.main, by: Helen Marsh, reason: not needed }
- { at: 2026-10-24, counts: { inbox: 12 }, by: Priya Nayar }
- { at: 2026-10-25, decide: reconciliation, outcome: needed, by: Priya Nayar }
- { at: 2026-10-26, add: action, id: cables, title: Order the cables, owner: csu, dueOn: 2026-11-20 }
- { at: 2026-10-27, amendContact: eps.contact, contact: { name: EPS, email: eps@example.org } }
- { at: 2026-10-28, help: training-plan, text: Who may come? }
- { at: 2026-10-29, revokeLinks: practiceManager }
- { at: 2026-10-30, cancel: the practice merges }
`);
    const heard = trace.flatMap((entry) =>
      entry.type === 'said' || entry.type === 'refused' ? [entry.event.type] : [],
    );
    expect(heard).toEqual([
      'supplierEventReceived',
      'milestoneDone',
      'milestoneWaived',
      'countsReported',
      'decided',
      'itemAdded',
      'contactAmended',
      'helpAsked',
      'linksRevoked',
      'cancelled',
    ]);
    expect(trace.find(({ type }) => type === 'said')).toMatchObject({ answer: { effect: 'done' } });
    expect(trace.at(-1)).toMatchObject({ type: 'ended', status: 'cancelled' });
  });

  it('makes mail to an address fail, until there is another contact for it', () => {
    const { trace } = run(`
- { at: 2026-12-23, refuse: eps.contact }
- { at: 2026-12-30, amendContact: eps.contact, contact: { name: EPS, email: eps@example.org } }
`);
    const toEps = trace.flatMap((entry) =>
      entry.type === 'message' && entry.message.to.key === 'eps.contact' ? [entry.outcome] : [],
    );
    expect(toEps).toEqual(['undeliverable', 'sent', 'sent']);
  });

  it('can hold outages, one after another', () => {
    const text = `
- outage: { from: 2026-12-29T11:00, to: 2027-01-04 }
- outage: { from: 2026-12-23T18:00, to: 2026-12-29T11:00 }
`;
    const { fromMs, toMs } = { fromMs: at('2026-12-23', 1080), toMs: at('2027-01-04', 720) };
    expect(run(text).wakes.filter((atMs) => atMs >= fromMs && atMs < toMs)).toEqual([]);
    expect(run(text).wakes).toContain(toMs);
  });
});

describe('an events file with mistakes', () => {
  it('is told all of them, each at its line', () => {
    const text = `- { at: 2026-10-28, event: form.snt, party: alder }
- { at: 2026-02-30, done: x }
- { at: 2026-10-28, waive: x, why: y }
- { done: x }
- 5
- { at: 2026-11-02, done: x, waive: y }
`;
    expect(problemsOf(text)).toEqual([
      '1 [0].event: "form.snt" is not right',
      '2 [1].at: "2026-02-30" is not right',
      '3 [2].why: there is no key "why" here',
      '4 [3].at: missing',
      '5 [4]: 5 is not right',
      '6 [5].waive: "waive" does not go with the other keys here',
    ]);
  });

  it('may not name a patient: the number itself is not repeated', () => {
    const text =
      '- { at: 2026-10-28, add: action, id: call, title: Call about 943 476 5919, owner: csu, dueOn: 2026-11-20 }\n';
    expect(problemsOf(text)).toEqual([
      '1 [0].title: this holds an NHS number, and nothing about a patient belongs here',
    ]);
    expect(problemsOf(text.replace('5919', '5918'))).toEqual([]);
  });

  it('is told of a time that the clocks go forward over, and of none that comes twice', () => {
    const { problems } = script(`
- { at: 2027-03-28T00:59, done: posters.main }
- { at: 2027-03-28T01:30, done: posters.main }
- outage: { from: 2027-03-28T01:00, to: 2027-03-28T02:00 }
- { at: 2026-10-25T01:30, done: posters.main }
`);
    expect(problems).toEqual([
      {
        path: [1, 'at'],
        what: 'there is no 2027-03-28T01:30: the clocks go forward over it',
        fix: 'use 2027-03-28T02:30',
      },
      {
        path: [2, 'outage', 'from'],
        what: 'there is no 2027-03-28T01:00: the clocks go forward over it',
        fix: 'use 2027-03-28T02:00',
      },
    ]);
  });

  it('is told what does not fit its migration', () => {
    const { problems } = script(`
- { at: 2026-10-20T09:00, done: posters.main }
- { at: 2026-11-01, refuse: nobody.contact }
- outage: { from: 2026-12-01, to: 2026-11-01 }
- { at: 2040-01-01, done: posters.main }
`);
    expect(problems.map(({ path, what }) => `${path.join('.')}: ${what}`)).toEqual([
      '0.at: 2026-10-20T09:00 is before the migration starts, on 2026-10-20 at 09:19',
      '1.refuse: there is no contact "nobody.contact"',
      '2.outage.to: 2026-11-01 is not after 2026-12-01',
      '3.at: 2040-01-01 is outside the days that this plan knows',
    ]);
  });
});
