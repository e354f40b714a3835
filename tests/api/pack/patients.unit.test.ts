import { describe, expect, it } from 'vitest';
import { exampleOrder } from '../../support/examples.js';
import { packOf, shown } from './packed.js';

const order = exampleOrder('plain');
const { anchors, decisions, practice } = order;
const forPatients = ['poster-main.html', 'website.txt'];
const everything = [...forPatients, 'online-message.txt'];

const textsOf = async (change: Parameters<typeof packOf>[1], names = everything): Promise<string[]> => {
  const pack = await packOf('plain', change);
  return names.map((name) => (name.endsWith('.html') ? shown(pack[name]) : (pack[name] ?? '').replace(/\s+/g, ' ')));
};

describe('what patients are told', () => {
  it('is from when to when, by the days of the migration', async () => {
    // Start of cut-over Thursday 28 January 2027, Go Live Tuesday 2 February, two days of reduced activity after it.
    for (const text of await textsOf({}, forPatients)) {
      expect(text).toContain(
        'From Thursday 28 January 2027 to Thursday 4 February 2027 some of our services will be affected',
      );
      expect(text).toContain(
        'online services, from Thursday 28 January 2027 until we start with the new system on Tuesday 2 February 2027',
      );
      expect(text).toContain('order it early, well before Thursday 28 January 2027');
    }
  });

  it('says from when nobody is registered: from the cut-off of the new supplier, else from the start of cut-over', async () => {
    const cutOff = { registrationCutOff: { amount: 1, unit: 'weeks' as const } };
    for (const text of await textsOf(cutOff, forPatients))
      expect(text).toContain('cannot register new patients from Thursday 21 January 2027 until');
    const { registrationCutOff: _, ...without } = order;
    for (const text of await textsOf({ ...without, registrationCutOff: undefined }, forPatients))
      expect(text).toContain('cannot register new patients from Thursday 28 January 2027 until');
  });

  it('says nothing of appointments and registrations where the rules have no such period', async () => {
    const leaveOut = (rule: string) => ({ rule, applies: false as const, source: 'the region does without' });
    const both = { ruleChanges: [leaveOut('reduced-activity'), leaveOut('no-new-registrations')] };
    for (const text of await textsOf(both, forPatients)) {
      expect(text).not.toMatch(/fewer appointments|register new patients/);
      expect(text).toContain('From Thursday 28 January 2027 to Tuesday 2 February 2027 some of our services');
      expect(text).toContain('Booking online');
    }
    for (const text of await textsOf({}, forPatients))
      expect(text).toMatch(/fewer appointments.*register new patients/);
    const { 'website.txt': website = '' } = await packOf('plain', both);
    expect(website).not.toMatch(/\n\n\n/);
  });

  it.each([
    [true, true],
    [false, false],
    [undefined, false],
  ])('asks patients to register again online only where that is decided (%s)', async (decided, isAsked) => {
    const texts = await textsOf({ decisions: { ...decisions, patientsReRegisterOnline: decided } });
    for (const text of texts) expect(/register again|register for them again/.test(text)).toBe(isAsked);
  });

  it('says so while a day is provisional', async () => {
    const provisional = { ...anchors, goLive: { on: '2027-02-02', status: 'provisional' as const } };
    for (const text of await textsOf({ anchors: provisional }))
      expect(text).toContain('These dates are provisional and may still change');
    for (const text of await textsOf({})) expect(text).not.toContain('provisional');
  });

  it('names no day while Go Live has none, and the index warns', async () => {
    const { goLive: _, ...unset } = anchors;
    for (const text of await textsOf({ anchors: unset })) {
      expect(text.replace(/Notice of .*$/, '')).not.toMatch(/20\d\d/);
      expect(text).toMatch(/as soon as we (do|know)/);
    }
    expect(shown((await packOf('plain', { anchors: unset }))['index.html'])).toContain('do not put them up');
  });

  it.each([
    ['england-and-wales', 'call 111'],
    ['scotland', 'call NHS 24 on 111'],
    ['northern-ireland', 'GP out-of-hours service'],
  ] as const)('names the urgent help of %s', async (division, help) => {
    for (const text of await textsOf({ practice: { ...practice, division } }, forPatients))
      expect(text).toContain(help);
  });

  it('is plain text of short paragraphs on the website', async () => {
    const { 'website.txt': website = '' } = await packOf('plain');
    expect(website).toMatch(/^We are changing our computer system\n\nMillbrook Lane Surgery is moving/);
    expect(website).not.toMatch(/<|&\w+;|\n\n\n| \n/);
    expect(website.endsWith('999.\n')).toBe(true);
  });
});
