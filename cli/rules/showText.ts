import type { LadderRung } from '../../rules/ruleset/ladderSchema.js';
import { table } from '../table.js';
import type { LadderEntry, LeftOut, RuleEntry, RulesShown } from '../../rules/ruleset/entries.js';
import type { ValueEntry } from '../../rules/ruleset/valueEntries.js';

/** The rules for people: a table of the rules, of the notices, turnarounds and the like, of the ladders; blackouts; what is disputed. */
export function rulesText(shown: RulesShown): string {
  const { ruleSet, layers, rules, leftOut, values, ladders, blackouts } = shown;
  const over = layers.map(({ id, version }) => `${id} ${version}`).join(', ');
  return [
    `Rule set ${ruleSet.id} ${ruleSet.version}${over === '' ? ', no layer over it' : `, over it: ${over}`}`,
    '',
    table(['Rule', 'Due', 'Held by', 'Kind', 'Ladder', 'Layer'], rules.map(ruleRow)),
    ...leftOut.map(leftOutLine),
    ...(values.length > 0 ? ['', table(['Value', 'Length', 'Layer'], values.map(valueRow))] : []),
    ...(ladders.length > 0 ? ['', table(['Ladder', 'Rungs', 'Layer'], ladders.map(ladderRow))] : []),
    ...blackouts.map(
      ({ title, from, to, layer, source }) => `Blackout: ${title}, ${from} to ${to} (${layer}: ${source})`,
    ),
    '',
    ...notes(shown),
    ...(isAnyAssumed(shown)
      ? ['* assumed: no public source fixes the number. Agree it, and put it into a layer or the order.']
      : []),
  ].join('\n');
}

const isAnyAssumed = ({ rules, values }: RulesShown): boolean => [...rules, ...values].some(({ assumed }) => assumed);

const nameOf = (name: string, party: string | undefined): string => (party === undefined ? name : `${name} (${party})`);

function ruleRow({ rule, party, opens, due, assumed, holder, kind, ladder, layer }: RuleEntry): string[] {
  const days = opens === undefined ? due : `${opens}\nto ${due}`;
  return [nameOf(rule, party), `${days}${assumed ? ' *' : ''}`, holder, kind, ladder, layer];
}

const leftOutLine = ({ rule, party, layer, source }: LeftOut): string =>
  `Left out: ${nameOf(rule, party)} (${layer}: ${source})`;

const valueRow = ({ value, party, length, assumed, layer }: ValueEntry): string[] => [
  nameOf(value, party),
  `${length}${assumed ? ' *' : ''}`,
  layer,
];

const ladderRow = ({ ladder, party, rungs, layer }: LadderEntry): string[] => [
  nameOf(ladder, party),
  rungs.map(rungText).join('\n'),
  layer,
];

/** `-5 working days: reminder to practiceManager`. */
function rungText({ workingDays = 0, atOnce, everyWeeks, until, type, to }: LadderRung): string {
  const day = atOnce ? 'at once' : `${workingDays > 0 ? '+' : ''}${workingDays} working days`;
  const again =
    everyWeeks === undefined ? '' : `, every ${everyWeeks === 1 ? 'week' : `${everyWeeks} weeks`} until ${until}`;
  return `${day}${again}: ${type} to ${to}`;
}

interface Noted {
  name: string;
  source: string;
  layer: string;
  replaced: RuleEntry['replaced'];
  alsoSeen: string[];
}

/** Only of what was changed or is disputed: where it comes from, what it was before, and what others say. */
function notes({ rules, values, ladders, ruleSet }: RulesShown): string[] {
  const noted: Noted[] = [
    ...rules.map((entry) => ({ ...entry, name: nameOf(entry.rule, entry.party) })),
    ...values.map((entry) => ({ ...entry, name: nameOf(entry.value, entry.party), alsoSeen: [] })),
    ...ladders.map((entry) => ({
      ...entry,
      name: `ladder ${nameOf(entry.ladder, entry.party)}`,
      source: '',
      alsoSeen: [],
    })),
  ];
  return noted
    .filter(({ replaced, alsoSeen, layer }) => replaced.length > 0 || alsoSeen.length > 0 || isAdded(layer, ruleSet.id))
    .flatMap(({ name, source, layer, replaced, alsoSeen }) => [
      `${name}: ${['', 'the order'].includes(source) ? layer : `${layer}, ${source}`}`,
      ...replaced.map((was) => `  instead of: ${was.value} (${was.layer}: ${was.source})`),
      ...alsoSeen.map((other) => `  also seen:  ${other}`),
    ]);
}

const isAdded = (layer: string, ruleSet: string): boolean => layer !== ruleSet && layer !== 'order';
