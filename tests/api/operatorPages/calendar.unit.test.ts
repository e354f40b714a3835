import { describe, expect, it } from 'vitest';
import { supplierCalendars } from '../../../api/operatorPages/suppliers/calendar.js';

const on = (day: string, count: number, supplierId = 'alder') => ({
  supplierId,
  on: day,
  practices: Array.from({ length: count }, (_, index) => `Z9800${index}`),
});
const one = () => 1;

describe('the calendar of a supplier', () => {
  it('has whole weeks from Monday, each day in its place', () => {
    const [calendar] = supplierCalendars([on('2027-01-07', 3)], one);
    const [month] = calendar?.months ?? [];
    expect(month?.title).toBe('January 2027');
    expect(month?.weeks.map((week) => week.map(({ date }) => date ?? 0))).toEqual([
      // 1 January 2027 is a Friday.
      [0, 0, 0, 0, 1, 2, 3],
      [4, 5, 6, 7, 8, 9, 10],
      [11, 12, 13, 14, 15, 16, 17],
      [18, 19, 20, 21, 22, 23, 24],
      [25, 26, 27, 28, 29, 30, 31],
    ]);
    expect(month?.weeks[1]?.[3]).toMatchObject({ date: 7, count: 3, over: 2 });
  });

  it('has a leap day, and a month of four weeks', () => {
    const [leap, short] = supplierCalendars([on('2028-02-29', 1), on('2027-02-10', 1, 'rowan')], one);
    expect(leap?.months[0]?.weeks.at(-1)?.[1]).toMatchObject({ date: 29, count: 1, over: 0 });
    expect(short?.months[0]?.weeks).toHaveLength(4);
  });

  it('is one for each supplier, with the months that have something, six at most, and its own capacity', () => {
    const days = Array.from({ length: 9 }, (_, index) => on(`2027-0${index + 1}-14`, 2));
    const [alder, rowan] = supplierCalendars([...days, on('2027-03-01', 2, 'rowan')], (id) => (id === 'rowan' ? 2 : 1));
    expect(alder?.months.map(({ title }) => title)).toEqual([
      'January 2027',
      'February 2027',
      'March 2027',
      'April 2027',
      'May 2027',
      'June 2027',
    ]);
    expect(rowan?.months[0]?.weeks[0]?.[0]).toMatchObject({ count: 2, over: 0 });
    expect(supplierCalendars([], one)).toEqual([]);
  });
});
