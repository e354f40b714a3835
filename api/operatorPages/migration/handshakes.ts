/** Extracts as rows of hops, and third parties as rows of notices. */
import { daysOf, statusOf, type StatusView } from './milestones.js';
import { hrefOf } from './frame.js';
import type { MigrationRead, Shown } from './read.js';
import { shortDay } from '../words.js';

type Milestone = Shown['milestones'][number];

const HOPS = [
  ['asked', 'Asked'],
  ['formAtPractice', 'Form at practice'],
  ['formReturned', 'Form returned'],
  ['formReceived', 'Form received'],
  ['scheduled', 'Booked'],
  ['delivered', 'Delivered'],
  ['received', 'With new supplier'],
] as const;

const HOP = /^(extract\.(initial|final)\.(.+)\.(\d+))\.([A-Za-z]+)$/;

export interface HopView {
  title: string;
  days: string;
  status: StatusView;
  href: string;
}

export interface HandshakeView {
  title: string;
  hops: HopView[];
}

const productOf = ({ title }: Milestone): string => /\(([^()]*)\)$/.exec(title)?.[1] ?? '';

const hrefOfMilestone = ({ migration: { migrationId } }: MigrationRead, { milestoneId }: Milestone): string =>
  `${hrefOf(migrationId)}/milestones/${encodeURIComponent(milestoneId)}`;

function hopViews(read: MigrationRead, prefix: string): HopView[] {
  return HOPS.flatMap(([hop, title]) => {
    const milestone = read.milestones.find(({ milestoneId }) => milestoneId === `${prefix}.${hop}`);
    if (milestone === undefined) return [];
    const status = statusOf(milestone, read.timeline.get(milestone.milestoneId), read.today);
    return [{ title, days: daysOf(milestone), status, href: hrefOfMilestone(read, milestone) }];
  });
}

/** Each try of each extract, in the order of their first days. */
export function handshakeViews(read: MigrationRead): HandshakeView[] {
  const found = new Map<string, string>();
  for (const milestone of read.milestones) {
    const [, prefix, extract, , iteration] = HOP.exec(milestone.milestoneId) ?? [];
    if (prefix === undefined || found.has(prefix)) continue;
    const again = iteration === '1' ? '' : `, try ${iteration}`;
    found.set(prefix, `${productOf(milestone) || extract}${again}`);
  }
  return [...found].map(([prefix, title]) => ({ title, hops: hopViews(read, prefix) }));
}

/** What each third party is told, and whether it has said that it knows. */
export function noticeViews(read: MigrationRead): object[] {
  const notices = read.milestones.filter(({ kind, partyId }) => kind === 'notice' && partyId !== undefined);
  return notices.map((milestone) => {
    const entry = read.timeline.get(milestone.milestoneId);
    return {
      title: milestone.title,
      days: daysOf(milestone),
      href: hrefOfMilestone(read, milestone),
      status: statusOf(milestone, entry, read.today),
      acknowledged: shortDay(entry?.acknowledgedOn),
    };
  });
}
