/** Where days should move to, as it is typed, and as the API takes it. */
import { isDay } from '../../../rules/calendar/day.js';
import { anchorTitles } from '../../../rules/order/anchorNames.js';
import type { MovableAnchor } from '../../../rules/migration/redate/redate.js';
import type { FieldError, Typed } from '../../pages/fields.js';
import type { Shown } from '../migration/read.js';
import { shortDay } from '../words.js';

/** The name of each day's field. */
const FIELDS: Readonly<Record<MovableAnchor, string>> = {
  kickOff: 'to-kickoff',
  technicalSurvey: 'to-survey',
  initialDataProduction: 'to-initial',
  finalDataProduction: 'to-final',
  goLive: 'to-golive',
};
const fields = Object.entries(FIELDS).map(([anchor, field]) => ({ anchor, field }));

/** Fields that are sent on from page to page. */
export const KEPT_FIELDS = [...Object.values(FIELDS), 'keep', 'confirmed', 'reason'];

type Anchors = Shown['migration']['anchors'];

const titleOf = (anchor: string): string =>
  anchor in anchorTitles ? (Object.entries(anchorTitles).find(([name]) => name === anchor)?.[1] ?? anchor) : anchor;

/** One field for each day that can move, with the day that it has. */
export const dayFields = (anchors: Anchors, typed: Typed): object[] =>
  fields.map(({ anchor, field }) => {
    const { on, status = 'absent' } = anchors[anchor] ?? {};
    const now = on === undefined ? 'No day yet' : `Now ${shortDay(on)}, ${status}`;
    return { field, label: titleOf(anchor), hint: now, value: typed[field] ?? '' };
  });

/** What is sent to the API; which fields are wrong; or that all days are there already. */
export type WhereReading =
  { kind: 'where'; where: object } | { kind: 'wrong'; errors: FieldError[] } | { kind: 'there' };

/** A day that stays as it is is none that moves; but one that is on hold goes on with it. */
export function whereIn(typed: Typed, anchors: Anchors, isHeld = false): WhereReading {
  const named = fields.flatMap(({ anchor, field }) => {
    const to = (typed[field] ?? '').trim();
    return to === '' ? [] : [{ anchor, field, to }];
  });
  const given = named.filter(({ anchor, to }) => isHeld || to !== anchors[anchor]?.on);
  const wrong = given.filter(({ to }) => !isDay(to));
  if (wrong.length > 0)
    return {
      kind: 'wrong',
      errors: wrong.map(({ field, anchor }) => ({ field, text: `The ${titleOf(anchor)} must be a real day` })),
    };
  if (named.length === 0)
    return {
      kind: 'wrong',
      errors: [{ field: 'to-initial', text: 'Enter the new day of at least one of the days' }],
    };
  if (given.length === 0) return { kind: 'there' };
  const isConfirmed = typed['confirmed'] === 'yes';
  const moves = given.map(({ anchor, to }) => ({ anchor, to, ...(isConfirmed && { confirmed: true }) }));
  return { kind: 'where', where: { moves, ...(typed['keep'] === 'yes' && { keepDistance: true }) } };
}
