import { checkRuleSet } from '../rules/ruleset/check.js';
import { ruleSetSchema, type RuleSet } from '../rules/ruleset/schema.js';
import { nearest } from '../rules/text/nearest.js';
import { readRules, rulesInText } from './readRules.js';
import { ruleFiles } from './ruleFolders.js';

/** There is no rule set of that id. */
export class UnknownRuleSetError extends Error {
  override readonly name = 'UnknownRuleSetError';

  constructor(
    readonly id: string,
    readonly known: readonly string[],
  ) {
    super(`there is no rule set "${id}"; use one of ${known.join(', ')}`);
  }
}

const ruleSetKind = { what: 'a rule set', schema: ruleSetSchema, check: checkRuleSet };

/**
 * Reads and checks a rule set by its id: one that ships with the product, or one of the deployment's own.
 *
 * @throws UnknownRuleSetError, RuleSetFileError, SameIdError, RuleFolderError
 */
export async function loadRuleSet(id: string): Promise<RuleSet> {
  const files = await ruleFiles('ruleSets');
  // Only a name from the folders is ever made into a path.
  const file = files.get(id);
  const known = [...files.keys()];
  if (file === undefined) throw new UnknownRuleSetError(id, nearest(id, known, known.length));
  return loadRuleSetFile(file);
}

/** Reads and checks a rule-set file. @throws RuleSetFileError, or what reading the file throws */
export async function loadRuleSetFile(file: string): Promise<RuleSet> {
  return readRules(file, ruleSetKind);
}

/** The same of a text that has been read. @param file its path, for messages */
export async function ruleSetInText(text: string, file: string): Promise<RuleSet> {
  return rulesInText(text, file, ruleSetKind);
}
