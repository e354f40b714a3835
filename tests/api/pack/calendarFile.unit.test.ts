import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarFile } from '../../../api/pack/calendarFile.js';
import type { Order } from '../../../rules/order/schema.js';
import { exampleOrder } from '../../support/examples.js';
import { plannedFile } from './packed.js';

const fileOf = async (name: string, change: Partial<Order> = {}, asOf?: string): Promise<string> =>
  calendarFile(await plannedFile(name, change, asOf));

const eventsOf = (text: string) =>
  ICAL.Component.fromString(text)
    .getAllSubcomponents('vevent')
    .map((component) => {
      const { uid, summary, description, startDate, endDate } = new ICAL.Event(component);
      const property = (name: string): string => String(component.getFirstPropertyValue(name));
      return {
        uid,
        summary,
        description,
        start: startDate.toString(),
        end: endDate.toString(),
        isDate: startDate.isDate && endDate.isDate,
        stamp: property('dtstamp'),
        status: property('status'),
      };
    });

const eventOf = (text: string, id: string) => {
  const found = eventsOf(text).find(({ uid }) => uid.endsWith(`-${id}@leadtime`));
  if (found === undefined) throw new Error(`no event for ${id}`);
  return found;
};

describe('the calendar file', () => {
  it('has each anchor and each dated milestone once, as whole days', async () => {
    const planned = await plannedFile('rich');
    const events = eventsOf(calendarFile(planned));
    const dated = planned.plan.milestones.filter(({ kind, dueOn }) => kind !== 'anchor' && dueOn !== undefined);
    expect(events).toHaveLength(6 + dated.length);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
    expect(events.every(({ isDate }) => isDate)).toBe(true);
  });

  it('ends an event on the day after its last, a window as well as a day', async () => {
    const text = await fileOf('plain');
    expect(eventOf(text, 'notify.eps')).toMatchObject({ start: '2026-12-24', end: '2026-12-25' });
    // Links are switched off on Tuesday 26 or Wednesday 27 January 2027.
    expect(eventOf(text, 'links-off')).toMatchObject({ start: '2027-01-26', end: '2027-01-28' });
    expect(eventOf(text, 'anchor.goLive')).toMatchObject({ start: '2027-02-02', end: '2027-02-03' });
  });

  it('names an event by practice, day of the order and milestone, whatever the dates and the day of asking', async () => {
    const { anchors } = exampleOrder('plain');
    const moved = { ...anchors, goLive: { on: '2027-02-03', status: 'confirmed' as const } };
    const uidsOf = (text: string) =>
      eventsOf(text)
        .map(({ uid }) => uid)
        .toSorted();
    const first = await fileOf('plain');
    expect(uidsOf(await fileOf('plain', { anchors: moved }, '2026-10-21'))).toEqual(uidsOf(first));
    expect(eventOf(first, 'notify.eps').uid).toBe('Z98001-20261020-notify.eps@leadtime');
  });

  it('takes its stamp from the day of asking, so that the same plan gives the same text', async () => {
    expect(await fileOf('plain')).toBe(await fileOf('plain'));
    expect(eventOf(await fileOf('plain'), 'notify.eps').stamp).toBe('2026-10-20T00:00:00Z');
  });

  it('shows what is provisional as tentative, and leaves out what has no day', async () => {
    const { goLive: _, ...anchors } = exampleOrder('plain').anchors;
    const provisional = { ...anchors, goLive: { on: '2027-02-02', status: 'provisional' as const } };
    expect(eventOf(await fileOf('plain', { anchors: provisional }), 'anchor.goLive')).toMatchObject({
      status: 'TENTATIVE',
      summary: 'Millbrook Lane Surgery: Go Live day (provisional)',
    });
    expect(await fileOf('plain', { anchors })).not.toContain('anchor.goLive');
  });

  it('says what is done', async () => {
    const event = eventOf(await fileOf('mid-flight', {}, '2026-11-02'), 'posters.main');
    expect(event.summary).toMatch(/^Done: /);
    expect(event.description).toContain('Done on Thursday 22 October 2026');
  });

  it('gives back whatever people wrote, in lines of at most 75 octets', async () => {
    const { practice, parties } = exampleOrder('plain');
    const name =
      'Sürgery; of \\the, "Lane"\u{1F3E5}, with a name that goes on for rather longer than any line may BEGIN:VEVENT';
    const text = await fileOf('plain', {
      practice: { ...practice, name },
      parties: parties.map((party) => (party.id === 'eps' ? { ...party, name } : party)),
    });
    expect(eventOf(text, 'anchor.goLive').summary).toBe(`${name}: Go Live day`);
    expect(eventOf(text, 'notify.eps').summary).toBe(`Give ${name} notice of the change of system`);
    const lines = text.split('\r\n');
    expect(lines.at(-1)).toBe('');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    for (const line of lines) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });
});
