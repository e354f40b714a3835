import type { CalendarData } from '../calendar/data.js';
import type { Day } from '../calendar/day.js';
import type { Problem } from '../plan/types.js';
import type { EffectiveRules } from '../ruleset/effective.js';
import type { RuleSet } from '../ruleset/schema.js';
import { checkAnchors } from './checkAnchors.js';
import { checkChannels } from './checkChannels.js';
import { checkClosures } from './checkClosures.js';
import { checkCutOff } from './checkCutOff.js';
import { checkIds } from './checkIds.js';
import { checkItems } from './checkItems.js';
import { checkNotices } from './checkNotices.js';
import { checkPeriods } from './checkPeriods.js';
import { checkSharedInstance } from './checkSharedInstance.js';
import { checkThirdParties } from './checkThirdParties.js';
import { warning } from './problem.js';
import type { Order } from './schema.js';

export interface CheckAgainst {
  ruleSet: RuleSet | EffectiveRules;
  calendar: CalendarData;
  /** The day from which "in the past" is judged. */
  asOf: Day;
}

/**
 * Everything about an order that one field cannot tell, with the path of the field to change, all problems at once.
 *
 * What needs the finished plan (recipients, milestones already done, latest starts) is checked by `planMigration`.
 */
export function checkOrder(order: Order, against: CheckAgainst): Problem[] {
  return [
    ...checkOdsCode(order),
    ...checkAnchors(order, against),
    ...checkIds(order),
    ...checkThirdParties(order),
    ...checkNotices(order, against.ruleSet),
    ...checkPeriods(order),
    ...checkChannels(order),
    ...checkClosures(order),
    ...checkCutOff(order, against.ruleSet),
    ...checkItems(order, against.ruleSet),
    ...checkSharedInstance(order),
  ];
}

/** An English or Welsh practice's code is a letter and five digits; another form is unusual, not wrong (rules.md, E.13). */
function checkOdsCode({ practice: { odsCode, division } }: Order): Problem[] {
  if (division !== 'england-and-wales' || /^[A-Z]\d{5}$/.test(odsCode)) return [];
  const message = `${odsCode} is an unusual code for a practice in England: check that it is a letter and five digits, like A12345`;
  return [warning('unusual-ods-code', ['practice', 'odsCode'], message)];
}
