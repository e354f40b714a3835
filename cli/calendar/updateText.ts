import { isSame, type HolidayChange } from '../../rules/calendar/compareCalendars.js';
import { formatDay } from '../../rules/calendar/day.js';
import { DIVISIONS } from '../../rules/calendar/division.js';
import { harmless } from '../table.js';
import type { Update } from './update.js';

/** An update for people: what changes by division, the alarming first in sight, and what was or was not done. */
export function updateText(update: Update): string {
  const { inUse, fresh, comparison } = update;
  const head = `In use: ${inUse.id} ${inUse.version}, known from ${inUse.from} to ${inUse.horizon}`;
  if (isSame(comparison)) return [head, 'The official list changes nothing. Nothing was written.'].join('\n');
  const { before, after } = comparison.horizon;
  return [
    head,
    `New:    ${fresh.id} ${fresh.version}, known from ${fresh.from} to ${fresh.horizon}`,
    ...(after < before ? [`ATTENTION: the horizon moves back, from ${before} to ${after}`] : []),
    ...DIVISIONS.flatMap((division) => divisionLines(division, comparison.divisions[division])),
    '',
    ...alarmLines(update),
    ...update.findings.flatMap(({ severity, division, message }) =>
      severity === 'warning' ? [`warning: ${division === undefined ? '' : `${division}: `}${message}`] : [],
    ),
    ...endLines(update),
  ]
    .map(harmless)
    .join('\n');
}

function divisionLines(division: string, changes: readonly HolidayChange[]): string[] {
  if (changes.length === 0) return ['', `${division}: no change`];
  return ['', `${division}:`, ...changes.map(changeLine)];
}

function changeLine(change: HolidayChange): string {
  const mark = change.alarming ? '!! ' : '   ';
  const day = formatDay(change.on);
  switch (change.kind) {
    case 'added':
      return `${mark}+ ${day}: ${change.title}`;
    case 'removed':
      return `${mark}- ${day}: ${change.title}`;
    case 'renamed':
      return `${mark}~ ${day}: ${change.before} is now called ${change.title}`;
    case 'moved':
      return `${mark}> ${change.title} moves from ${day} to ${formatDay(change.to)}`;
  }
}

function alarmLines({ comparison }: Update): string[] {
  const alarming = DIVISIONS.flatMap((division) => comparison.divisions[division]).filter((each) => each.alarming);
  if (alarming.length === 0) return [];
  const count = alarming.length === 1 ? '1 change is' : `${alarming.length} changes are`;
  return [
    `ATTENTION: ${count} in the past or within the next 12 months (marked !!), so plans may already rest on the day.`,
    'Running migrations keep the calendar that they were planned with.',
  ];
}

function endLines({ file, written }: Update): string[] {
  if (!written) return [`Nothing was written. To write the new calendar to ${file}, add --yes.`];
  return [`Written to ${file}.`, `For commands, API and worker to use it, set LEADTIME_CALENDAR=${file}`];
}
