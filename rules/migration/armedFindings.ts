/** What stands between a rung and its reader, each with what to do about it. */
import { rehearseMigration } from '../rehearsal/run.js';
import type { ArmedFinding, ArmedRung } from './armed.js';
import type { Reader } from './armedReader.js';
import { isOpen } from './lookup.js';
import type { Directory, MigrationState } from './state.js';

const plural = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** Rungs by whom they should be read, so that one missing address is one finding. */
function byWanted(rungs: readonly ArmedRung[]): [string, ArmedRung[]][] {
  const groups = new Map<string, ArmedRung[]>();
  for (const rung of rungs) groups.set(rung.reader.wanted, [...(groups.get(rung.reader.wanted) ?? []), rung]);
  return [...groups];
}

/** Their word is for them alone: nobody else can act in their place. Whatever else strays is at the CSU, which can. */
const cannotSpare: readonly string[] = ['practiceManager', 'csuManager'];

function standIn({ csu }: Directory, { by, name }: Reader): string {
  return by === 'mailbox' ? `the mailbox of ${csu.name}` : `${name} at ${csu.name}`;
}

/** Who has no address, and who reads it instead. */
export function readerFindings(directory: Directory, rungs: readonly ArmedRung[]): ArmedFinding[] {
  const elsewhere = rungs.filter(({ reader: { by } }) => by === 'other' || by === 'mailbox');
  return byWanted(elsewhere).flatMap(([wanted, missed]) => {
    const [first] = missed;
    if (first === undefined) return [];
    return {
      severity: cannotSpare.includes(wanted) ? ('failed' as const) : ('note' as const),
      what: `${wanted} cannot be reached, without an address or away without a deputy: ${plural(missed.length, 'rung')} will go to ${standIn(directory, first.reader)} instead.`,
      fix: `Give an address with "leadtime amend-contact ID ${wanted} --name NAME --email ADDRESS".`,
    };
  });
}

/** Addresses that are taken out because mail to them was refused for good; an amended contact is mended. */
export function deadAddressFindings(state: MigrationState): ArmedFinding[] {
  const { deadAddresses = [], plan } = state;
  return deadAddresses.map(({ key, on, milestoneId }) => {
    const title = plan.milestones.find(({ id }) => id === milestoneId)?.title ?? milestoneId;
    return {
      severity: 'failed',
      what: `The address of ${key} does not work since ${on}: "${title}" did not arrive, and what follows goes to somebody else.`,
      fix: `Give an address that works with "leadtime amend-contact ID ${key}", and pass on what did not arrive.`,
      milestoneId,
    };
  });
}

/** Mails that came back. The address may have been amended since. */
export function bounceFindings({ sentMails = {} }: MigrationState, rungs: readonly ArmedRung[]): ArmedFinding[] {
  const bounced = new Set(
    Object.values(sentMails).flatMap(({ toKey, bounced: ids }) => (ids === undefined ? [] : [toKey])),
  );
  return [...bounced]
    .filter((key) => rungs.some(({ reader }) => reader.key === key))
    .map((key) => ({
      severity: 'note',
      what: `A mail to ${key} came back, and more is to go there.`,
      fix: `Unless that is settled, give an address that works with "leadtime amend-contact ID ${key}".`,
    }));
}

const keyOf = ({ milestoneId, rungId }: Pick<ArmedRung, 'milestoneId' | 'rungId'>): string =>
  `${milestoneId}/${rungId}`;

/**
 * What would not be sent if nobody did anything from now on: the rest of the migration is run in virtual time, with the same
 * two functions that run it in earnest. A rung is sent, gives way to a later one, or its milestone is settled by another.
 */
function unsentIfNobodyActs(state: MigrationState, nowMs: number): (rung: ArmedRung) => boolean {
  const { mailAway: _, unanswered: __, ...rest } = state;
  const { sent, state: end } = rehearseMigration({ ...rest, rehearsal: true, startedAtMs: nowMs });
  const settled = new Set(sent.flatMap(({ message }) => message.settles.map(keyOf)));
  return (rung) =>
    !settled.has(keyOf(rung)) &&
    end.milestones[rung.milestoneId]?.rungs[rung.rungId] === undefined &&
    isOpen(end, rung.milestoneId);
}

/** Rungs that have an instant, or are due, and for which no wake would come. */
export function courseFindings(state: MigrationState, rungs: readonly ArmedRung[], nowMs: number): ArmedFinding[] {
  const timed = rungs.filter(({ goesOut }) => goesOut === 'at' || goesOut === 'soon');
  const isUnsent = timed.length === 0 ? () => false : unsentIfNobodyActs(state, nowMs);
  return timed.filter(isUnsent).map(({ title, rungId, on, milestoneId }) => ({
    severity: 'failed',
    what: `"${rungId}" of "${title}"${on === undefined ? '' : `, planned for ${on},`} would not go out.`,
    fix: 'This is a fault of leadtime: report it with the id of the migration.',
    milestoneId,
  }));
}

/** Rungs that the plan could not date, because the calendar ended before their day. */
export function horizonFindings(state: MigrationState): ArmedFinding[] {
  return state.plan.problems
    .filter(({ code, milestoneId }) => code === 'reminder-outside-calendar' && isOpen(state, milestoneId ?? ''))
    .map(({ message, milestoneId }) => ({
      severity: 'failed',
      what: message,
      fix: 'Bring the calendar up to date with "leadtime calendar update" and move a day of the migration, which plans it anew.',
      ...(milestoneId !== undefined && { milestoneId }),
    }));
}
