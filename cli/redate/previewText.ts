/** What a move of days would do, for people. */
import type { z } from 'zod';
import type { redatePreviewAnswer } from '../../api/answers/redate.js';
import { anchorTitles } from '../../rules/order/anchorNames.js';
import { plural } from '../../rules/text/plural.js';
import { shortDay } from '../plan/shortDay.js';
import { harmless, instant, table } from '../table.js';
import { instanceLines } from './instanceText.js';

type Preview = z.infer<typeof redatePreviewAnswer>;
type Again = Preview['servedAgain'][number];

const dayText = (day: string | undefined): string => (day === undefined ? '–' : shortDay(day));

const section = (title: string, lines: string[]): string[] => (lines.length === 0 ? [] : ['', title, ...lines]);

function anchorLines({ anchors }: Preview): string[] {
  return anchors.map(({ title, before, after }) => {
    const now = `${dayText(after.on)}, ${after.status}`;
    return `  ${title}: ${dayText(before.on)}, ${before.status} → ${now}`;
  });
}

function noteOf({ shortWorkingDays, waitsForConfirmation }: Again): string {
  const late = shortWorkingDays === undefined ? [] : [`${plural(shortWorkingDays, 'working day')} too late`];
  return [...late, ...(waitsForConfirmation ? ['waits until the day is confirmed'] : [])].join('; ');
}

function againTable(rows: readonly Again[]): string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((each) => [
    dayText(each.dueOn),
    each.partyName ?? each.holderName,
    each.title,
    `${dayText(each.doneOn)}${each.doneFor === undefined ? '' : `, for ${each.doneFor}`}`,
    noteOf(each),
    each.milestoneId,
  ]);
  return [table(['Due now', 'Who', 'What', 'Was done on', '', 'Milestone'], cells)];
}

function movesTable({ moves }: Preview): string[] {
  if (moves.length === 0) return [];
  const cells = moves.map(({ from, to, holderName, title, milestoneId }) => [
    dayText(from),
    dayText(to),
    holderName,
    title,
    milestoneId,
  ]);
  return [table(['Was', 'Is', 'Held by', 'What', 'Milestone'], cells)];
}

const problemLine = ({ severity, message }: Preview['problems']['all'][number]): string =>
  `  ${severity}: ${harmless(message)}`;

function mailLines({ mails }: Preview): string[] {
  return mails.messages.map(({ kind, to, milestoneIds }) => `  ${kind} to ${to}: ${milestoneIds.join(', ')}`);
}

function earliestLines({ earliest }: Preview): string[] {
  return earliest.map(({ anchor, day }) => {
    const text = day === undefined ? 'no day that the calendar knows' : shortDay(day);
    return `  ${anchorTitles[anchor]}: ${text}`;
  });
}

const droppedLines = ({ dropped }: Preview): string[] =>
  dropped.map(
    ({ title, milestoneId, isWithdrawn }) => `  ${harmless(title)} (${milestoneId})${isWithdrawn ? ': withdrawn' : ''}`,
  );

const adoptsLines = ({ adopts }: Preview): string[] =>
  adopts.map(({ what, before, after }) => `  ${what}: ${before} → ${after}`);

function verdict({ refused, needsAcceptance }: Preview): string[] {
  if (refused) return ['', 'This cannot be: see the errors above.'];
  return needsAcceptance ? ['', 'Somebody has to accept the risks above by name: --accept-risks.'] : [];
}

/** Every line of a preview. */
export function previewText(preview: Preview): string {
  const { migrationId, asOf, version, servedAgain, doneAgain, staysDone, problems, moves, mails, changes } = preview;
  const isNew = new Set(problems.added.map(({ message }) => message));
  const grave = problems.all.filter(({ severity, message }) => severity !== 'warning' && !isNew.has(message));
  return [
    `${migrationId}, as of ${shortDay(asOf)}, version ${version}`,
    ...anchorLines(preview),
    ...section(
      'In the order:',
      changes.map((each) => `  ${harmless(each)}`),
    ),
    ...section('Given or asked already, and given or asked again:', againTable(servedAgain)),
    ...section('Done already, and to be done again:', againTable(doneAgain)),
    ...section(
      'Done, and stays so:',
      staysDone.map(({ title }) => `  ${harmless(title)}`),
    ),
    ...section(`On another day (${moves.length}):`, movesTable(preview)),
    ...section('New problems:', problems.added.map(problemLine)),
    ...section('Problems as before:', grave.map(problemLine)),
    ...section('No longer a problem:', problems.gone.map(problemLine)),
    ...section(`Mails that go at ${instant(mails.atMs)}:`, mailLines(preview)),
    ...section('Earliest days that work together:', earliestLines(preview)),
    ...section('No longer needed:', droppedLines(preview)),
    ...section('With it come into use:', adoptsLines(preview)),
    ...instanceLines(preview.instance),
    ...verdict(preview),
  ].join('\n');
}
