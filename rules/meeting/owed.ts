/** What somebody owes, as rows of the register tell it. */
import type { Day } from '../calendar/day.js';
import type { MilestoneRow } from '../migration/records.js';

/** Days, rights that end and states of affairs: nobody has to do anything by then. */
const GO_BY: readonly string[] = ['period', 'anchor', 'expiry'];

const isGoLive = ({ kind, anchor }: Pick<MilestoneRow, 'kind' | 'anchor'>): boolean =>
  kind === 'anchor' && anchor === 'goLive';

/** Somebody has to do it, or, of Go Live, to say that it happened. */
export const isOwed = (row: Pick<MilestoneRow, 'kind' | 'anchor'>): boolean =>
  !GO_BY.includes(row.kind) || isGoLive(row);

/** Open past its due day; on that day itself it is not late yet. */
export const isLateOn = (row: Pick<MilestoneRow, 'kind' | 'anchor' | 'status' | 'dueOn'>, today: Day): boolean =>
  row.status === 'open' && row.dueOn !== undefined && row.dueOn < today && isOwed(row);
