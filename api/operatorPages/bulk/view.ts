/** An operation on many practices, for the pages. */
import type { z } from 'zod';
import type { bulkAnswer, bulkRowsAnswer } from '../../answers/bulk.js';
import { hrefOf } from '../migration/frame.js';
import { instantWords } from '../words.js';

export type Operation = z.infer<typeof bulkAnswer>;
export type Row = z.infer<typeof bulkRowsAnswer>['rows'][number];

const TITLES: Readonly<Record<Operation['operation'], string>> = {
  start: 'Start migrations',
  done: 'Record as done',
  cancel: 'Call migrations off',
  redate: 'Move days',
  adopt: 'Adopt rules and bank holidays',
};

const STATES: Readonly<Record<Operation['state'], { title: string; colour: string }>> = {
  waiting: { title: 'Not begun', colour: 'grey' },
  running: { title: 'Running', colour: 'blue' },
  ended: { title: 'Ended', colour: 'green' },
  stopped: { title: 'Stopped', colour: 'orange' },
};

export const bulkHref = (bulkId: string): string => `/operator/bulk/${encodeURIComponent(bulkId)}`;

export const hasEnded = ({ state }: Operation): boolean => state === 'ended' || state === 'stopped';

export function operationView(operation: Operation): object {
  const { bulkId, dryRun, by, askedAtMs, endedAtMs, state, total, done, failed, waiting } = operation;
  return {
    bulkId,
    dryRun,
    by,
    total,
    done,
    failed,
    waiting,
    href: bulkHref(bulkId),
    title: `${TITLES[operation.operation]}${dryRun ? ', looked at only' : ''}`,
    state: STATES[state],
    hasEnded: hasEnded(operation),
    settled: done + failed,
    askedAt: instantWords(askedAtMs),
    endedAt: endedAtMs === undefined ? '' : instantWords(endedAtMs),
    mayRepeat: hasEnded(operation) && !dryRun && failed + waiting > 0,
  };
}

const ROW_STATES = {
  waiting: { text: 'Waits', colour: 'grey' },
  done: { text: 'Done', colour: 'green' },
  failed: { text: 'Failed', colour: 'red' },
} as const;

/** @param dryRun a row that is done would succeed */
export const rowView =
  (dryRun: boolean) =>
  ({ row, line, practice, subject, status, detail = '', migrationId }: Row): object => ({
    line: line ?? row,
    practice,
    subject,
    detail,
    status: dryRun && status === 'done' ? { text: 'Would do', colour: 'green' } : ROW_STATES[status],
    href: hrefOf(migrationId ?? practice),
  });
