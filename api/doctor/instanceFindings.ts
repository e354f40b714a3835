/** Whether the practices on one instance still go together. */
import { formatDay } from '../../rules/calendar/day.js';
import type { ArmedFinding } from '../../rules/migration/armed.js';
import { isOpen } from '../../rules/migration/lookup.js';
import { anchorTitles, type AnchorName } from '../../rules/order/anchorNames.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { membersOf, type InstanceRow, type Member } from '../redate/instance.js';
import type { Migrations } from '../migrations.js';

/** The days on which the supplier works for all of them. */
const sharedDays: readonly AnchorName[] = ['initialDataProduction', 'finalDataProduction', 'goLive'];

const dayOf = ({ plan }: MigrationState, anchor: AnchorName): string => {
  const { on } = plan.anchors[anchor];
  return on === undefined ? 'no day' : formatDay(on);
};

const named = ({ name, odsCode }: Pick<InstanceRow, 'name' | 'odsCode'>): string => `${name} (${odsCode})`;

function dayFindings(state: MigrationState, id: string, other: Member): ArmedFinding[] {
  const { planning } = other;
  const apart = sharedDays.filter((anchor) => dayOf(state, anchor) !== dayOf(planning.state, anchor));
  if (apart.length === 0) return [];
  const days = apart.map(
    (anchor) => `${anchorTitles[anchor]} ${dayOf(planning.state, anchor)}, here ${dayOf(state, anchor)}`,
  );
  return [
    {
      severity: 'note',
      what: `${named(other)} is on the same instance, ${id}, and its days are others: ${days.join('; ')}.`,
      fix: 'Move one of them with "leadtime redate ID --only-this" where the supplier has one day for both.',
    },
  ];
}

function asideFindings(id: string, row: InstanceRow): ArmedFinding[] {
  if (row.state !== 'elsewhere') return [];
  const fix = 'Say it in its order, too: "leadtime amend ID --export", then "leadtime amend ID --file ORDER".';
  return [{ severity: 'note', what: `The order of ${named(row)} does not say that it is on ${id}.`, fix }];
}

/** The request waits for a migration that nobody has started, or that has closed. */
function askerFindings(state: MigrationState, aside: readonly InstanceRow[]): ArmedFinding[] {
  const waiting = state.plan.milestones.filter(({ id, heardFrom }) => heardFrom !== undefined && isOpen(state, id));
  return aside
    .filter(({ odsCode }) => waiting.some(({ heardFrom }) => heardFrom === odsCode))
    .map((row) => ({
      severity: 'failed',
      what: `The request for the extracts waits for ${named(row)}, which has no migration on this instance.`,
      fix: `Start it; or record its word with "leadtime done"; or amend the orders of the others: "sharedInstance".`,
    }));
}

/** None where the practice has its system to itself, or while Temporal is away. */
export async function instanceFindings(
  migrations: Pick<Migrations, 'planning'>,
  state: MigrationState,
): Promise<ArmedFinding[]> {
  if (state.plan.sharedInstance === undefined || state.status !== 'running') return [];
  const found = await membersOf({ migrations }, { migrationId: state.migrationId });
  if (found.kind !== 'answered') return [];
  const { id, others, aside } = found.answer;
  if (id === undefined) return [];
  return [
    ...askerFindings(state, aside),
    ...others.flatMap((other) => dayFindings(state, id, other)),
    ...aside.flatMap((row) => asideFindings(id, row)),
  ];
}
