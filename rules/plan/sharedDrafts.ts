/** Drafts that are the same in every order: a country's practices share them. */
import type { Layered } from '../ruleset/applyLayer.js';
import type { Rule } from '../ruleset/ruleSchema.js';
import type { MilestoneDraft } from './planning.js';

/** By rule: its draft, or undefined where every order has its own. */
const known = new WeakMap<Layered, Map<Rule, MilestoneDraft | undefined>>();

/** The draft of a rule that an earlier order has left behind; to be read, not changed. */
export const sharedDraft = (rule: Rule, rules: Layered): MilestoneDraft | undefined => known.get(rules)?.get(rule);

/** Keeps a draft for the orders to come, where nothing about it hangs on the order. */
export function share(draft: MilestoneDraft, rule: Rule, rules: Layered): MilestoneDraft {
  const drafts = draftsOf(rules);
  if (!drafts.has(rule)) drafts.set(rule, isSameForAll(rule, rules) ? draft : undefined);
  return draft;
}

function draftsOf(rules: Layered): Map<Rule, MilestoneDraft | undefined> {
  const found = known.get(rules);
  if (found !== undefined) return found;
  const drafts = new Map<Rule, MilestoneDraft | undefined>();
  known.set(rules, drafts);
  return drafts;
}

/**
 * Whether a rule is about the whole migration, held by the practice or the CSU, and counted in days that no party names: no
 * name, notice, closure or product of the order comes into it.
 */
function isSameForAll(rule: Rule, rules: Layered): boolean {
  const { forEach, holder, due, opens, showsKnownIssues } = rule;
  if (forEach !== 'migration' || (holder !== 'practice' && holder !== 'csu') || showsKnownIssues) return false;
  if (due.unit === 'noticePeriod' || opens?.unit === 'registrationCutOff') return false;
  const bases = rules.rules.filter(({ id }) => id === due.from || id === opens?.from);
  return bases.every((base) => isSameForAll(base, rules));
}
