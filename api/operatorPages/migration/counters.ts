/** What the practice counts, as last reported. */
import type { MigrationRead } from './read.js';
import { shortDay } from '../words.js';

const DIRECTIONS = { falling: 'falling', rising: 'rising', unchanged: 'as before' };

/** Each counter once, though several milestones may be about it. The bars are in hundredths of the higher number. */
export function counterViews({ timeline }: MigrationRead): object[] {
  const trends = [...timeline.values()].flatMap(({ counts = [] }) => counts);
  const byId = new Map(trends.map((trend) => [trend.counterId, trend]));
  return [...byId.values()].map(({ title, value, on, before, direction, threshold }) => {
    const most = Math.max(value, before?.value ?? 0, 1);
    const share = (count: number): number => Math.round((100 * count) / most);
    return {
      title,
      value,
      on: shortDay(on),
      share: share(value),
      before:
        before === undefined ? null : { value: before.value, on: shortDay(before.on), share: share(before.value) },
      direction: direction === undefined ? '' : DIRECTIONS[direction],
      threshold: threshold ?? null,
    };
  });
}
