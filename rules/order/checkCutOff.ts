import type { Problem } from '../plan/types.js';
import type { RuleSet } from '../ruleset/schema.js';
import { error } from './problem.js';
import type { Order } from './schema.js';

/** The cut-off for new registrations is fixed by nobody but the new supplier (guide/05:118), so it is never guessed. */
export function checkCutOff({ registrationCutOff, parties }: Order, { rules }: RuleSet): Problem[] {
  const isUsed = rules.some(({ opens }) => opens?.unit === 'registrationCutOff');
  if (!isUsed || registrationCutOff !== undefined) return [];
  const supplier = parties.find(({ roles }) => roles.includes('targetSupplier'))?.name ?? 'the new supplier';
  const message = `nobody has said how long before the cut-over new registrations stop; ask ${supplier} and add registrationCutOff, like { amount: 2, unit: workingDays }`;
  return [error('registration-cut-off-missing', ['registrationCutOff'], message)];
}
