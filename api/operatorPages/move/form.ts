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

/** What is sent to the API, or which fields are wrong. A day that stays as it is is none that moves. */
export function whereIn(typed: Typed, anchors: Anchors): { where: object } | { errors: FieldError[] } {
  const given = fields.flatMap(({ anchor, field }) => {
    const to = (typed[field] ?? '').trim();
    return to === '' || to === anchors[anchor]?.on ? [] : [{ anchor, field, to }];
  });
  const wrong = given.filter(({ to }) => !isDay(to));
  if (wrong.length > 0)
    return { errors: wrong.map(({ field, anchor }) => ({ field, text: `The ${titleOf(anchor)} must be a real day` })) };
  if (given.length === 0)
    return { errors: [{ field: 'to-initial', text: 'Enter the new day of at least one of the days' }] };
  const isConfirmed = typed['confirmed'] === 'yes';
  const moves = given.map(({ anchor, to }) => ({ anchor, to, ...(isConfirmed && { confirmed: true }) }));
  return { where: { moves, ...(typed['keep'] === 'yes' && { keepDistance: true }) } };
}
