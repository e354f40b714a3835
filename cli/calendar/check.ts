import { calendarFileInUse, loadCalendar } from '../../config/loadCalendar.js';
import { inspectCalendar, type CalendarFinding } from '../../rules/calendar/inspectCalendar.js';
import type { CalendarData } from '../../rules/calendar/data.js';
import { formatDay, type Day } from '../../rules/calendar/day.js';
import { DIVISIONS } from '../../rules/calendar/division.js';
import { calendarSummary, isReliable, spanOf } from '../../rules/calendar/summary.js';
import { asOfOrToday } from '../asOf.js';
import { ANSWER_IS_NO } from '../failure.js';
import { harmless, table } from '../table.js';
import { fitOf, type PlanFit } from './planFit.js';

export interface CheckOptions {
  for?: string;
  asOf?: string;
  json?: true;
}

interface Checked {
  file: string;
  calendar: CalendarData;
  asOf: Day;
  findings: CalendarFinding[];
  fit?: PlanFit;
}

/** Prints what is to be known about a calendar. @throws CalendarFileError, BadOrder, CommandFailure */
export async function checkCalendar(given: string | undefined, options: CheckOptions): Promise<void> {
  const file = given ?? calendarFileInUse();
  const asOf = asOfOrToday(options.asOf);
  const calendar = await loadCalendar(file);
  const fit = options.for === undefined ? undefined : await fitOf(options.for, calendar, asOf);
  const checked = { file, calendar, asOf, findings: inspectCalendar(calendar, asOf), ...(fit && { fit }) };
  process.stdout.write(`${options.json ? checkJson(checked) : checkText(checked)}\n`);
  if (!isFine(checked)) process.exitCode = ANSWER_IS_NO;
}

const isFine = ({ findings, fit }: Checked): boolean => isReliable(findings) && (fit?.within ?? true);

function checkJson(checked: Checked): string {
  const { file, calendar, asOf, findings, fit } = checked;
  const answer = { ok: isFine(checked), file, asOf, ...calendarSummary(calendar), findings };
  return JSON.stringify({ ...answer, ...(fit && { plan: fit }) }, null, 2);
}

function checkText({ file, calendar, asOf, findings, fit }: Checked): string {
  const { id, version, from, horizon, source, sourceUrl, retrievedOn, sha256 } = calendar;
  const about = [
    `Calendar:     ${id} ${version}`,
    `File:         ${file}`,
    `Source:       ${source}`,
    `Taken from:   ${sourceUrl ?? 'not recorded'}`,
    `Retrieved on: ${retrievedOn === undefined ? 'not recorded' : formatDay(retrievedOn)}`,
    `SHA-256:      ${sha256 ?? 'not recorded'}`,
    `Known:        ${formatDay(from)} to ${formatDay(horizon)} (the horizon)`,
    '',
  ].map(harmless);
  const rows = DIVISIONS.map((division) => {
    const { days, first = '', last = '' } = spanOf(calendar, division);
    return [division, String(days), first, last, horizon];
  });
  return [
    ...about,
    table(['Division', 'Days', 'First', 'Last', 'Horizon'], rows),
    ...findingLines(findings, asOf),
    ...(fit === undefined ? [] : ['', harmless(fit.message)]),
  ].join('\n');
}

function findingLines(findings: readonly CalendarFinding[], asOf: Day): string[] {
  const lines = findings.map(({ severity, division, message }) =>
    harmless(`${severity}: ${division === undefined ? '' : `${division}: `}${message}`),
  );
  return ['', ...lines, ...(isReliable(findings) ? [`As of ${formatDay(asOf)} it can be relied on.`] : [])];
}
