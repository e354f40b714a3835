/** The bare SQL of a page of the list, and of its total. */
const COLUMNS = [
  'migration_id',
  'as_of_seq',
  'workflow_id',
  'ods_code',
  'practice_name',
  'rehearsal',
  'status',
  'phase',
  'division',
  'icb',
  'source_supplier_id',
  'target_supplier_id',
  'source_supplier_name',
  'target_supplier_name',
  'rule_set',
  'calendar_version',
  'date_version',
  'started_at',
  'next_deadline_on',
  'next_milestone_id',
  'next_title',
  'critical_on',
  'critical_milestone_id',
  'critical_title',
  'slipped',
  'delay_holders',
  'owner',
  'anchors',
  'on_hold_since',
  'instance_id',
].join(', ');

/** What is asked for: all but rehearsals, as the list has them by itself, or those of them that run, as the first page. */
export type Wanted = 'all' | 'running';

const CONDITIONS: Record<Wanted, string> = { all: 'not rehearsal', running: "not rehearsal and status = 'running'" };

/** $1: how many. */
export const pageSql = (wanted: Wanted): string => `select ${COLUMNS} from migrations where ${CONDITIONS[wanted]}
  order by next_deadline_on asc nulls last, migration_id limit $1`;

export const totalSql = (wanted: Wanted): string =>
  `select count(*)::int as total from migrations where ${CONDITIONS[wanted]}`;
