/** A rule set in the notation of `ruleFacts.yaml`, which is written by hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Ladder, LadderRung } from '../../rules/ruleset/ladderSchema.js';
import type { Rule } from '../../rules/ruleset/ruleSchema.js';
import type { RuleSet } from '../../rules/ruleset/schema.js';

const factsSchema = z.record(z.string(), z.unknown());

/** Values that are left out where they are undefined. */
export type Facts = z.infer<typeof factsSchema>;

const writtenSchema = z.looseObject({
  rules: z.record(z.string(), factsSchema),
  usualDurations: z.array(z.string()),
  counters: z.array(z.string()),
});

interface Period {
  amount: number;
  unit: string;
  assumed?: boolean | undefined;
}

const period = ({ amount, unit, assumed = false }: Period): string => `${amount} ${unit}${assumed ? ' assumed' : ''}`;
const signed = (amount: number): string => (amount > 0 ? `+${amount}` : `${amount}`);
const orNothing = (flag: boolean): true | undefined => (flag ? true : undefined);

type Offset = Rule['due'] | NonNullable<Rule['opens']>;

function offset(given: Offset): string {
  return 'amount' in given ? `${given.from} ${signed(given.amount)} ${given.unit}` : `${given.from} -${given.unit}`;
}

function rung({ id, workingDays, type, to, everyWeeks, until }: LadderRung): string {
  const when = workingDays === undefined ? 'at-once' : signed(workingDays);
  return [id, when, type, to, ...(everyWeeks === undefined ? [] : ['every', everyWeeks, 'until', until])].join(' ');
}

const ladder = (rungs: Ladder): string[] => rungs.map(rung);

function ruleFacts(rule: Rule): Facts {
  return {
    kind: rule.kind,
    holder: rule.holder,
    forEach: rule.forEach === 'migration' ? undefined : rule.forEach,
    kinds: rule.kinds?.join(' '),
    exceptKinds: rule.exceptKinds?.join(' '),
    when: rule.when,
    due: offset(rule.due),
    opens: rule.opens && offset(rule.opens),
    ladder: rule.ladder,
    blocks: rule.blocks,
    assumed: orNothing(rule.assumed),
    counts: rule.counts && [rule.counts.target, ...rule.counts.counters].join(' '),
    decides: rule.decides,
    showsKnownIssues: orNothing(rule.showsKnownIssues),
  };
}

function duration({ from, to, atLeastDays, atMostDays, assumed }: RuleSet['usualDurations'][number]): string {
  const parts = [
    `${from} to ${to}`,
    ...(atLeastDays === undefined ? [] : [`at least ${atLeastDays}`]),
    ...(atMostDays === undefined ? [] : [`at most ${atMostDays}`]),
    ...(assumed ? ['assumed'] : []),
  ];
  return parts.join(' ');
}

function mapped<Value>(values: Record<string, Value>, write: (value: Value) => unknown): Facts {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, write(value)]));
}

function extractFacts({
  authorisation,
  sourceSupplierNotice,
  dataSupplierNotice,
  turnaround,
  hops,
}: RuleSet['extracts']) {
  return {
    authorisation: authorisation.ladder,
    sourceSupplierNotice: period(sourceSupplierNotice),
    dataSupplierNotice: dataSupplierNotice && period(dataSupplierNotice),
    turnaround: mapped(turnaround, period),
    hops: Object.fromEntries(
      hops.map(({ hop, holder, ladder: name, ladderWhenPractice }) => [
        hop,
        { holder, ladder: name, ladderWhenPractice },
      ]),
    ),
  };
}

function itemFacts({ due, ladders, assumed }: NonNullable<RuleSet['items']>['survey']): Facts {
  return { due: offset(due), ...ladders, assumed: orNothing(assumed) };
}

function blackout({ id, from, to, anchors }: RuleSet['blackouts'][number]): string {
  return [id, from, to, ...(anchors ?? [])].join(' ');
}

/** Everything that `ruleFacts.yaml` says about a rule set. Texts for people and sources are not among it. */
export function factsOf(ruleSet: RuleSet): Facts {
  const { id, sendAt, workUntil, spreadMinutes, callAfterChases, anchors, confirmation } = ruleSet;
  const facts = {
    id,
    sendAt,
    workUntil,
    spreadMinutes,
    callAfterChases: callAfterChases && `${callAfterChases.amount} mails${callAfterChases.assumed ? ' assumed' : ''}`,
    anchors: Object.fromEntries(anchors.map((each) => [each.anchor, { holder: each.holder, ladder: each.ladder }])),
    confirmation: {
      ladder: confirmation.ladder,
      before: period(confirmation.before),
      whenAbsent: period(confirmation.whenAbsent),
    },
    extracts: extractFacts(ruleSet.extracts),
    noticePeriods: mapped(ruleSet.noticePeriods, period),
    usualDurations: ruleSet.usualDurations.map(duration).toSorted(),
    counters: ruleSet.counters.map(({ id }) => id).toSorted(),
    knownIssues: ruleSet.knownIssues.map(({ id, from, to }) => `${id} from ${from} to ${to}`),
    blackouts: ruleSet.blackouts.map(blackout),
    items: ruleSet.items && mapped(ruleSet.items, itemFacts),
    ladders: mapped(ruleSet.ladders, ladder),
    rules: Object.fromEntries(ruleSet.rules.map((rule) => [rule.id, ruleFacts(rule)])),
  };
  // Without what is undefined.
  return factsSchema.parse(JSON.parse(JSON.stringify(facts)));
}

/** The facts as written by hand; the row of the guide's table that each rule answers to is for people, and left out. */
export function readFacts(): Facts {
  const text = readFileSync(join(import.meta.dirname, 'ruleFacts.yaml'), 'utf8');
  const facts = writtenSchema.parse(parse(text));
  const rules = mapped(facts.rules, ({ row: _, ...rest }) => rest);
  return { ...facts, rules, usualDurations: facts.usualDurations.toSorted(), counters: facts.counters.toSorted() };
}
