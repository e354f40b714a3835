import { table } from '../table.js';
import type { RuleEntry, RulesShown, ValueEntry } from './entries.js';

/** The rules for people: a table of the rules, one of the notices and turnarounds, blackouts, and what is assumed or disputed. */
export function rulesText({ ruleSet, layers, rules, values, blackouts }: RulesShown): string {
  const over = layers.map(({ id, version }) => `${id} ${version}`).join(', ');
  return [
    `Rule set ${ruleSet.id} ${ruleSet.version}${over === '' ? ', no layer over it' : `, over it: ${over}`}`,
    '',
    table(['Rule', 'Due', 'Held by', 'Kind', 'Ladder', 'Layer'], rules.map(ruleRow)),
    ...(values.length > 0 ? ['', table(['Notice or turnaround', 'Length', 'Layer'], values.map(valueRow))] : []),
    ...blackouts.map(
      ({ title, from, to, layer, source }) => `Blackout: ${title}, ${from} to ${to} (${layer}: ${source})`,
    ),
    '',
    ...noteLines(rules.map((entry) => ({ ...entry, name: nameOf(entry.rule, entry.party) }))),
    ...noteLines(values.map((entry) => ({ ...entry, name: nameOf(entry.value, entry.party), alsoSeen: [] }))),
    '* assumed: no public source fixes the number. Agree it, and put it into a layer or the order.',
  ].join('\n');
}

const nameOf = (name: string, party: string | undefined): string => (party === undefined ? name : `${name} (${party})`);

function ruleRow({ rule, party, opens, due, assumed, holder, kind, ladder, layer }: RuleEntry): string[] {
  const days = opens === undefined ? due : `${opens}\nto ${due}`;
  return [nameOf(rule, party), `${days}${assumed ? ' *' : ''}`, holder, kind, ladder, layer];
}

const valueRow = ({ value, party, length, assumed, layer }: ValueEntry): string[] => [
  nameOf(value, party),
  `${length}${assumed ? ' *' : ''}`,
  layer,
];

type Noted = Pick<RuleEntry, 'source' | 'layer' | 'replaced' | 'alsoSeen'> & { name: string };

/** Only of what was changed or is disputed: where it comes from, what it was before, and what others say. */
function noteLines(entries: readonly Noted[]): string[] {
  return entries
    .filter(({ replaced, alsoSeen }) => replaced.length > 0 || alsoSeen.length > 0)
    .flatMap(({ name, source, layer, replaced, alsoSeen }) => [
      `${name}: ${layer}, ${source}`,
      ...replaced.map((was) => `  instead of: ${was.value} (${was.layer}: ${was.source})`),
      ...alsoSeen.map((other) => `  also seen:  ${other}`),
    ]);
}
