/**
 * The week and the ring list as lines of text, for a terminal or a mail. Days are `2027-01-07`, for each reader to write as theirs
 * are written; the words of people are as they are.
 */
import type { z } from 'zod';
import type { ringListAnswer, weekAnswer } from './answers/meeting.js';
import { dayOfInstant } from './operatorPages/words.js';

type Week = z.infer<typeof weekAnswer>;
type Item = Week['due'][number];
type RingList = z.infer<typeof ringListAnswer>;
type Call = RingList['calls'][number];

const part = (title: string, lines: readonly string[], none: string): string[] => [
  '',
  title,
  ...(lines.length === 0 ? [none] : lines).map((line) => `  ${line}`),
];

const itemLine = (day: string | undefined, { title, holderName, milestoneId, provisional }: Item): string =>
  `${day ?? 'no day yet'}${provisional ? ' ?' : ''}  ${title}, ${holderName}  [${milestoneId}]`;

const doneLine = (item: Item): string => {
  const { status, settledOn, settledBy } = item;
  return `${itemLine(settledOn, item)}${status === 'done' ? '' : ` ${status}`}${settledBy === undefined ? '' : ` by ${settledBy}`}`;
};

const holderLine = ({ holderName, open, late, nextDueOn, next }: Week['holders'][number]): string =>
  [
    `${holderName}: ${open} open`,
    ...(late === 0 ? [] : [`${late} late`]),
    ...(nextDueOn === undefined ? [] : [`next ${nextDueOn} ${next ?? ''}`]),
  ].join(', ');

export function weekLines({ migrationId, today, since, until, done, late, due, holders, changes }: Week): string[] {
  return [
    `${migrationId}, the week to ${today}`,
    ...part(
      'Late',
      late.map((item) => itemLine(item.dueOn, item)),
      'Nothing is late.',
    ),
    ...part(
      `Due by ${until}`,
      due.map((item) => itemLine(item.dueOn, item)),
      'Nothing is due in these two weeks.',
    ),
    ...part(`Done since ${since}`, done.map(doneLine), 'Nothing was settled in this week.'),
    ...part('Who holds what', holders.map(holderLine), 'Nobody holds anything any more.'),
    ...part(
      'What has changed',
      changes.map(({ atMs, by, text }) => `${dayOfInstant(atMs)}  ${text} (${by})`),
      'Nothing has moved, slipped or been added.',
    ),
  ];
}

function whoLine({ whom, whomName, person }: Call): string {
  if (whom === 'csu') return 'Ours to do';
  if (person === undefined) return `${whomName}: the number is not known at the moment`;
  const { name, phone, email, insteadOf } = person;
  const away = insteadOf === undefined ? '' : `, instead of ${insteadOf.name}, away until ${insteadOf.until}`;
  return `${whomName}: ${name}${away}, ${phone ?? `no telephone number${email === undefined ? '' : `; ${email}`}`}`;
}

function stateOf({ dueOn, lateWorkingDays, chases, isCallTask }: Call['items'][number]): string {
  return [
    ...(dueOn === undefined ? [] : [`due ${dueOn}`]),
    ...(lateWorkingDays === undefined ? [] : [`${lateWorkingDays} working days late`]),
    ...(chases === 0 ? [] : [`written to ${chases} times`]),
    ...(isCallTask ? ['to be told by hand'] : []),
  ].join(', ');
}

const callLines = (call: Call, index: number): string[] => [
  '',
  `${index + 1}. ${whoLine(call)}${call.isCritical ? '  (holds up a day)' : ''}`,
  ...(call.script.length === 0 ? [] : [`   "${call.script.join(' ')}"`]),
  ...call.items.map((item) => `   - ${item.practiceName} (${item.odsCode}): ${item.title}, ${stateOf(item)}`),
];

export function ringListLines({ today, owner, calls, takenOn, unasked, more }: RingList): string[] {
  const whose = owner === undefined ? '' : ` of ${owner}`;
  const besides = [
    ...(takenOn === 0 ? [] : [`Late and in somebody’s hand: ${takenOn}.`]),
    ...(unasked.length === 0 ? [] : [`Could not be asked, so without numbers: ${unasked.join(', ')}.`]),
    ...(more === 0 ? [] : [`Further down, and not looked at: ${more}; see --limit.`]),
  ];
  const list = calls.length === 0 ? ['Nobody has to be rung.'] : calls.flatMap(callLines);
  return [`Ring list${whose}, ${today}`, ...list, ...(besides.length === 0 ? [] : ['', ...besides])];
}
