/** How a date came about, in words that are ready to be read. */
import type { z } from 'zod';
import { describeLength, describeMove } from '../../../rules/calendar/wording.js';
import { formatDay } from '../../../rules/calendar/day.js';
import { anchorNames, anchorTitles, eventTitles, followedEvents } from '../../../rules/order/anchorNames.js';
import type { explanationAnswer } from '../../answers/explanation.js';

export type Explained = z.infer<typeof explanationAnswer>;
type Step = Explained['steps'][number];

const titleOf = (anchor: string): string => {
  const name = anchorNames.find((each) => each === anchor);
  return name === undefined ? anchor : anchorTitles[name];
};

/** Handing a day over to somebody who works on it needs no telling. */
const hasEffect = ({ days, isHandOver }: Step): boolean => days.length > 0 || !isHandOver;

function stepView(step: Step): object {
  const { why, from, to, layer, source, assumed, days, calendarOf, amount, replaced } = step;
  return {
    move: `${amount === 0 ? 'The day itself,' : describeMove(step)} ${formatDay(from)}`,
    why,
    result: formatDay(to),
    source: `${layer}: ${source}`,
    assumed,
    calendarOf,
    length: describeLength(step),
    replaced: replaced.map((was) => `Instead of ${was.value} (${was.layer}: ${was.source})`),
    days: days.map(({ day, counted, why: reason }) => ({ day: formatDay(day), counted, why: reason })),
  };
}

function followedWords({ follows }: Explained): string {
  const event = followedEvents.find((each) => each === follows?.event);
  if (follows === undefined || event === undefined) return '';
  return `It will be dated anew, by the same steps, from the day on which ${eventTitles[event]}. Until then it is planned as if that were on the ${titleOf(follows.plannedOn)}.`;
}

export function explanationView(explained: Explained): object {
  const { anchor, anchorStatus, countedFrom, ruleSet, calendar, layer, leftAlone } = explained;
  const from = anchorStatus === 'absent' ? anchorTitles.order : titleOf(anchor);
  return {
    countedFrom:
      countedFrom === undefined
        ? `No day yet: nobody has named the ${titleOf(anchor)}.`
        : `Counted from the ${from}, ${formatDay(countedFrom)}${anchorStatus === 'provisional' ? ' (provisional)' : ''}.`,
    steps: explained.steps.filter(hasEffect).map(stepView),
    openingSteps: (explained.openingSteps ?? []).filter(hasEffect).map(stepView),
    follows: followedWords(explained),
    leftAlone: leftAlone.map(({ day, why }) => `${formatDay(day)} is not worked (${why}), and stays all the same.`),
    action: explained.action,
    rule: `${explained.ruleId} (${explained.kind}) of ${ruleSet.id} ${ruleSet.version}`,
    section: explained.section,
    source: explained.source,
    alsoSeen: explained.alsoSeen,
    layer,
    calendar: `${calendar.id} ${calendar.version}`,
    assumed: explained.assumed,
    advice: explained.advice,
  };
}
