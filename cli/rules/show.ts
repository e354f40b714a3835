import { loadRules, type RulesGiven } from '../../config/loadRules.js';
import { loadRuleSet } from '../../config/loadRuleSet.js';
import { fileProblem } from '../../rules/files/fromProblems.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { orderSchema, type Order } from '../../rules/order/schema.js';
import type { EffectiveRules } from '../../rules/ruleset/effective.js';
import { entriesOf, type RulesShown } from '../../rules/ruleset/entries.js';
import { rulesAlone } from '../../rules/ruleset/rulesAlone.js';
import { nearest } from '../../rules/text/nearest.js';
import { CommandFailure, WRONG_USE } from '../failure.js';
import { BadOrder } from '../plan/load.js';
import { rulesGiven } from '../plan/rulesGiven.js';
import type { RuleOptions } from '../plan/ruleOptions.js';
import { readTextFile } from '../readTextFile.js';
import { rulesText } from './showText.js';

export interface ShowOptions extends RuleOptions {
  for?: string;
  json?: true;
}

/** Prints the rules, or one of them. @throws BadOrder, CommandFailure */
export async function showRules(rule: string | undefined, options: ShowOptions): Promise<void> {
  const given = await rulesGiven(options);
  const shown = options.for === undefined ? await alone(given) : await forOrder(options.for, given);
  const chosen = rule === undefined ? shown : onlyRule(shown, rule);
  process.stdout.write(`${options.json ? JSON.stringify(chosen, null, 2) : rulesText(chosen)}\n`);
}

const alone = async ({ ruleSet, layers }: RulesGiven): Promise<RulesShown> =>
  rulesAlone(ruleSet ?? (await loadRuleSet('gp-england')), layers);

async function forOrder(file: string, given: RulesGiven): Promise<RulesShown> {
  const { order, rules } = await rulesOfFile(file, given);
  return entriesOf(rules, order);
}

async function rulesOfFile(file: string, given: RulesGiven): Promise<{ order: Order; rules: EffectiveRules }> {
  const reading = readYaml(await readTextFile(file), file, orderSchema);
  if (!reading.ok) throw new BadOrder(reading.problems);
  const { rules, problems } = await loadRules(reading.value, given);
  if (problems.length > 0) throw new BadOrder(problems.map((each) => fileProblem(each, file, reading.locate)));
  return { order: reading.value, rules };
}

/** One rule with the ladders that it uses. @throws CommandFailure where there is none of that id */
function onlyRule(shown: RulesShown, wanted: string): RulesShown {
  const rules = shown.rules.filter(({ rule }) => rule === wanted);
  const leftOut = shown.leftOut.filter(({ rule }) => rule === wanted);
  const ladders = shown.ladders.filter(({ ladder }) => rules.some((rule) => rule.ladder === ladder));
  if (rules.length + leftOut.length > 0) return { ...shown, rules, leftOut, ladders, values: [], blackouts: [] };
  const ids = [...new Set(shown.rules.map(({ rule }) => rule))];
  throw new CommandFailure(`there is no rule "${wanted}"; did you mean ${nearest(wanted, ids).join(', ')}?`, WRONG_USE);
}
