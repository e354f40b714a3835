import { formatDay } from '../../rules/calendar/day.js';
import { describeMove } from '../../rules/calendar/wording.js';
import { anchorTitles, eventTitles } from '../../rules/order/anchorNames.js';
import type { DayLeftAlone, ExplainedStep, Explanation } from '../../rules/plan/explain.js';
import { isHandOver } from '../../rules/plan/planning.js';

/** How one date came about, for people. */
export function explanationText(explanation: Explanation): string {
  const { title, milestoneId, action, ruleId, kind, section, source, alsoSeen, ruleSet, calendar } = explanation;
  return [
    `${title} (${milestoneId})`,
    ...dueLines(explanation),
    ...followingLines(explanation),
    '',
    ...startLines(explanation),
    ...explanation.steps.filter(hasEffect).flatMap((step, index) => stepLines(step, index + 1)),
    ...openingLines(explanation),
    ...explanation.leftAlone.map((each) => leftAloneLine(each, explanation)),
    '',
    `What to do:    ${action}`,
    `Rule:          ${ruleId} (${kind}) of ${ruleSet.id} ${ruleSet.version}`,
    `Guide section: ${section}`,
    `Source:        ${source}`,
    `Layer:         ${layerLine(explanation)}`,
    ...explanation.replaced.map((was) => `Instead of:    ${was.value} (${was.layer}: ${was.source})`),
    ...(explanation.assumed
      ? ['Assumed:       no public source fixes a number here; agree it, and put it into the order or a layer']
      : []),
    ...alsoSeen.map((other) => `Also seen:     ${other}`),
    `Bank holidays: ${calendar.id} ${calendar.version}`,
  ].join('\n');
}

/** With the version of the layer, and who said so where it is not the rule set itself. */
function layerLine({ layer, layerSource, layers, ruleSet, replaced }: Explanation): string {
  const version = [ruleSet, ...layers].find(({ id }) => id === layer)?.version;
  const name = version === undefined ? layer : `${layer} ${version}`;
  return replaced.length === 0 ? name : `${name}: ${layerSource}`;
}

/** How the first day of a window or period came about. */
function openingLines({ openingSteps = [], opensOn, opensFrom }: Explanation): string[] {
  const steps = openingSteps.filter(hasEffect);
  if (opensOn === undefined || opensFrom === undefined) return [];
  return [
    `Its first day, ${formatDay(opensOn)}, is counted from the ${anchorTitles[opensFrom.anchor]}, ${formatDay(opensFrom.on)}`,
    ...steps.flatMap((step, index) => stepLines(step, index + 1)),
  ];
}

function dueLines({ dueOn, opensOn, provisional, anchor }: Explanation): string[] {
  if (dueOn === undefined) return [`No day yet: nobody has named the ${anchorTitles[anchor]}.`];
  const opens = opensOn === undefined ? '' : `from ${formatDay(opensOn)} `;
  return [`Due ${opens}${opens === '' ? '' : 'to '}${formatDay(dueOn)}${provisional ? ' (provisional)' : ''}`];
}

function startLines({ countedFrom, anchor, anchorStatus, steps }: Explanation): string[] {
  if (countedFrom === undefined) return [];
  const name = anchorStatus === 'absent' ? anchorTitles.order : anchorTitles[anchor];
  const still = steps.length === 0 ? '; the day itself, never moved' : '';
  return [
    `Counted from the ${name}, ${formatDay(countedFrom)}${anchorStatus === 'provisional' ? ' (provisional)' : ''}${still}`,
  ];
}

/** What it is counted from is known only when it happens. */
function followingLines({ follows }: Explanation): string[] {
  if (follows === undefined) return [];
  const { event, plannedOn, on, dates } = follows;
  const what = dates.map((date) => ({ opensOn: 'first day', dueOn: 'day' })[date]).join(' and ');
  const day = on === undefined ? 'which has no day yet' : formatDay(on);
  return [
    `Its ${what} will be dated anew, by the same steps, from the day on which ${eventTitles[event]} (${event}).`,
    `Until that has happened it is planned as if it were on the ${anchorTitles[plannedOn]}, ${day}.`,
  ];
}

function leftAloneLine({ which, day, why }: DayLeftAlone, { kind }: Explanation): string {
  const end = which === 'opensOn' ? 'first day' : 'end';
  const what = kind === 'window' || kind === 'period' ? `the ${end} of a ${kind}` : leftAloneNames[kind];
  return `Not moved: ${formatDay(day)} is not worked (${why}), but ${what ?? 'this day'} never moves; reminders of it go out on working days.`;
}

const leftAloneNames: Partial<Record<Explanation['kind'], string>> = {
  anchor: 'a day that others are counted from',
  expiry: 'the day on which something ends',
};

/** Handing a day over to somebody who works on it needs no telling. */
const hasEffect = (step: ExplainedStep): boolean => step.days.length > 0 || !isHandOver(step);

function stepLines(step: ExplainedStep, number: number): string[] {
  const { why, from, to, layer, source, assumed, days, calendarOf } = step;
  const notes = [`${layer}: ${source}`, ...(assumed ? ['assumed'] : []), `working days of ${calendarOf}`];
  const move = step.amount === 0 ? 'the day itself,' : describeMove(step);
  return [
    `  ${number}. ${move} ${formatDay(from)}: ${why} [${notes.join('; ')}]`,
    ...step.replaced.map((was) => `       instead of ${was.value} (${was.layer}: ${was.source})`),
    ...days.map((each) => `       ${each.counted ? ' ' : '-'} ${formatDay(each.day)}: ${each.why}`),
    `     = ${formatDay(to)}`,
  ];
}
