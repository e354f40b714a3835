/** What else one value of a rule set could have been. */
import { leadTimeUnitSchema } from '../../rules/calendar/leadTime.js';
import { anchorNames, followedEvents } from '../../rules/order/anchorNames.js';
import { anchorNameSchema, thirdPartyKindSchema } from '../../rules/order/schema.js';
import { audienceSchema } from '../../rules/ruleset/ladderSchema.js';
import { milestoneKindSchema, ruleSchema, holderKindSchema } from '../../rules/ruleset/ruleSchema.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';

export type Path = readonly (string | number)[];

/** Stands for a value that is taken out. */
export const leftOut = Symbol('left out');

/** Texts for people and where a number comes from: no day and no recipient hangs on them. */
const texts = new Set([
  'title',
  'action',
  'section',
  'source',
  'alsoSeen',
  'issue',
  'advice',
  'version',
  'hop',
  'hops',
]);

const requestHolders = ['practice', 'csu', 'requester', 'party', 'targetSupplier'];

const closed: Record<string, readonly string[]> = {
  unit: [...leadTimeUnitSchema.options, 'noticePeriod', 'registrationCutOff'],
  kind: milestoneKindSchema.options,
  holder: [...new Set([...holderKindSchema.options, ...requestHolders])],
  forEach: ruleSchema.shape.forEach.unwrap().options,
  when: ruleSchema.shape.when.unwrap().options,
  blocks: ruleSchema.shape.blocks.unwrap().options,
  target: ['low', 'zero', 'ready'],
  type: ['deliver', 'reminder', 'chase', 'escalation', 'inform'],
  until: ['due', 'goLive'],
  anchor: anchorNameSchema.options,
  level: ['region', 'optional', 'supplier'],
  over: ['no-such-rule-set'],
  rule: ['links-off', 'no-such-rule'],
};

const ladderKeys = new Set(['ladder', 'ladderWhenPractice']);

/** Where else a day could be counted from: every anchor, the event, and one rule that is a window and one that is none. */
const bases = [...anchorNames, ...followedEvents, 'links-off', 'cut-over-meeting'];

const minuteLater = (time: string): string => time.replace(/\d$/, (digit) => `${(Number(digit) + 1) % 10}`);

/** Where a value of a closed list stands: a duration goes to an anchor, a rung to a person. */
function choices(key: string, path: Path, ruleSet: RuleSet): readonly string[] {
  const isLadder = ladderKeys.has(key) || (path[0] === 'items' && path.at(-2) === 'ladders');
  if (isLadder) return [...Object.keys(ruleSet.ladders), 'no-such-ladder'];
  if (key === 'to') return path[0] === 'ladders' ? audienceSchema.options : anchorNames;
  if (key === 'from') return bases;
  return closed[key] ?? [];
}

/** What a list of names could hold instead: kinds of third party, counters, or anchors. */
function entries(path: Path, { counters }: RuleSet): readonly string[] {
  if (path.at(-2) === 'anchors') return anchorNames;
  return path.at(-2) === 'counters' ? counters.map(({ id }) => id) : thirdPartyKindSchema.options;
}

function otherTexts(value: string, path: Path, ruleSet: RuleSet): string[] {
  const key = String(path.at(-1));
  if (/^\d\d:\d\d$/.test(value)) return [minuteLater(value)];
  if (key === 'id') return [`${value}-x`];
  if (typeof path.at(-1) === 'number') return entries(path, ruleSet).filter((other) => other !== value);
  return choices(key, path, ruleSet).filter((other) => other !== value);
}

/** What the schema fills in where it is left out; to leave it out changes nothing. */
const defaults: readonly unknown[] = ['migration'];

/** Every other value that one place could hold, in the order of the lists. */
export function alternatives(value: unknown, path: Path, ruleSet: RuleSet): unknown[] {
  if (path.some((key) => texts.has(String(key)))) return [];
  if (typeof value === 'number') return [value - 1, value + 1];
  if (typeof value === 'boolean') return [!value];
  const isEmptyList = Array.isArray(value) && value.length === 0;
  const without = path.length === 0 || isEmptyList || defaults.includes(value) ? [] : [leftOut];
  return typeof value === 'string' ? [...otherTexts(value, path, ruleSet), ...without] : without;
}

/** What a rule, a change of one, or a rung does not say, and could. */
export function additions(holder: object, path: Path): Record<string, unknown[]> {
  const isRule = path[0] === 'rules' && path.length === 2;
  const isChange = path[0] === 'changes' && path.length === 2;
  const isRung = path[0] === 'ladders' && path.length === 3;
  const possible: Record<string, readonly unknown[]> = {
    ...(isRule && {
      when: closed['when'],
      blocks: closed['blocks'],
      decides: ['reconciliation'],
      kinds: [['eps']],
      exceptKinds: [['eps']],
      opens: [{ from: 'finalDataProduction', amount: -3, unit: 'days' }],
      counts: [{ counters: ['inbox'], target: 'low' }],
    }),
    ...(isChange && { applies: [false], assumed: [true], holder: ['practice', 'csu'], ladder: ['csu', 'practice'] }),
    ...(isRung && { everyWeeks: [1], until: closed['until'], atOnce: [true] }),
  };
  return Object.fromEntries(
    Object.entries(possible).flatMap(([key, values]) => (key in holder ? [] : [[key, [...values]]])),
  );
}
