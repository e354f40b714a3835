/** What has changed in a migration, in sentences for the people who meet about it. */
import { z } from 'zod';
import { formatDay, isDay } from '../calendar/day.js';
import type { AuditDraft } from '../migration/state.js';
import { anchorNames, anchorTitles } from '../order/anchorNames.js';

/** Titles of milestones by id; one that is unknown is called by its id. */
export type TitleOf = (milestoneId: string) => string;

const onDay = z.looseObject({ on: z.string().optional(), status: z.string().optional() });
const dataSchema = z.looseObject({
  milestoneId: z.string().catch(''),
  reason: z.string().catch(''),
  note: z.string().catch(''),
  target: z.string().catch(''),
  on: z.string().catch(''),
  dueOn: z.string().catch(''),
  lateWorkingDays: z.number().catch(0),
  effect: z.string().catch(''),
  event: z.string().catch(''),
  date: z.string().catch(''),
  values: z.record(z.string(), z.number()).catch({}),
  anchors: z.array(z.looseObject({ anchor: z.string(), before: onDay, after: onDay })).catch([]),
  milestones: z.array(z.unknown()).catch([]),
});
type Data = z.infer<typeof dataSchema>;

const dayOr = (day: string | undefined, otherwise: string): string =>
  day !== undefined && isDay(day) ? formatDay(day) : otherwise;

const titleOfAnchor = (anchor: string): string => {
  const name = anchorNames.find((each) => each === anchor);
  return name === undefined ? anchor : anchorTitles[name];
};

const because = (reason: string): string => (reason === '' ? '' : `: ${reason}`);

function movedWords({ anchors, reason }: Data, otherwise: string): string {
  const moves = anchors.map(
    ({ anchor, before, after }) =>
      `the ${titleOfAnchor(anchor)} moved from ${dayOr(before.on, 'no day')} to ${dayOr(after.on, 'no day')}`,
  );
  const words = [otherwise, ...moves].filter((text) => text !== '').join(', ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${because(reason)}`;
}

const supplierWords = ({ effect, event, date }: Data, title: string): string => {
  if (effect === 'mismatch') return `${title}: told for another day than the plan’s, ${dayOr(date, date)}`;
  return event === 'extract.rejected' ? `${title}: the extract was rejected` : '';
};

/** It is noticed on the next working day, so that one day says nothing. */
const late = (count: number): string => (count > 1 ? `${count} working days late when it was noticed` : 'late');

const countsWords = ({ values, on }: Data): string =>
  `Counted on ${dayOr(on, on)}: ${Object.entries(values)
    .map(([counter, value]) => `${counter} ${value}`)
    .join(', ')}`;

/** By type of audit record. Empty for one that a meeting need not hear of. */
const WORDS: Readonly<Record<string, (data: Data, title: string) => string>> = {
  'milestone.slipped': ({ lateWorkingDays }, title) => `${title}: ${late(lateWorkingDays)}`,
  'slip.acknowledged': ({ note }, title) => `${title}: somebody has it in hand${because(note)}`,
  'milestone.waived': ({ reason }, title) => `${title}: not needed${because(reason)}`,
  'milestone.reopened': ({ reason }, title) => `${title}: open again${because(reason)}`,
  'item.added': ({ dueOn }, title) => `New: ${title}, due ${dayOr(dueOn, 'on no day yet')}`,
  'migration.redated': (data) => movedWords(data, ''),
  'migration.resumed': (data) => movedWords(data, 'goes on'),
  'rules.adopted': (data) => movedWords(data, 'other rules or bank holidays'),
  'order.amended': (data) => movedWords(data, 'the order was amended'),
  'milestones.followed': ({ milestones, on }) =>
    `The data were loaded on ${dayOr(on, on)}: ${milestones.length} ${milestones.length === 1 ? 'day was' : 'days were'} counted anew`,
  'migration.held': ({ reason }) => `On hold${because(reason)}`,
  'migration.cancelled': ({ reason }) => `The migration is off${because(reason)}`,
  'contact.amended': ({ target }) => `Another contact: ${target}`,
  'counts.reported': (data) => countsWords(data),
  'supplier.event': supplierWords,
};

/** One sentence without a full stop; undefined for what nobody has to hear of. */
export function changeWords({ type, data }: Pick<AuditDraft, 'type' | 'data'>, titleOf: TitleOf): string | undefined {
  const words = Object.hasOwn(WORDS, type) ? WORDS[type] : undefined;
  const known = dataSchema.parse(data);
  const text = words?.(known, titleOf(known.milestoneId)) ?? '';
  return text === '' ? undefined : text;
}
