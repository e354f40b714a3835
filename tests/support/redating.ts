/** Moving the days of a story, as somebody does who has looked at what the move would do. */
import { loadCalendar } from '../../config/loadCalendar.js';
import type { Rejection } from '../../rules/migration/events.js';
import { judgeMoves, judgeRedate } from '../../rules/migration/redate/judge.js';
import { previewRedate, type RedateDraft, type Replanning } from '../../rules/migration/redate/preview.js';
import type { AnchorMove, MovableAnchor, Redate } from '../../rules/migration/redate/redate.js';
import { replanningWith } from '../../rules/migration/redate/replanning.js';
import type { Order } from '../../rules/order/schema.js';
import { shippedRuleSet } from './examples.js';
import type { Story } from './story.js';

const calendar = await loadCalendar();

/** With the rules and the calendar that ship with the product. */
export const shippedReplanning = (): Replanning => replanningWith(shippedRuleSet(), calendar);

/** `2027-02-18` for a confirmed day, `2027-02-18?` for a provisional one. */
export type Moves = Partial<Record<MovableAnchor, string>>;

export const movesOf = (moves: Moves): AnchorMove[] =>
  Object.entries(moves).map(([anchor, day]) => ({
    // The keys are those of `Moves`; `Object.entries` does not know.
    anchor: anchor as MovableAnchor,
    to: day.replace('?', ''),
    confirmed: !day.endsWith('?'),
  }));

/** What is sent to move the days of a migration. */
export const redateOf = ({ plan, preview }: RedateDraft, moves: Moves, change: Partial<Redate> = {}): Redate => ({
  version: preview.version,
  moves: movesOf(moves),
  plan,
  by: 'Tom Ashdown',
  reason: 'the supplier has no slot',
  acceptRisks: true,
  ...change,
});

export interface Redating {
  preview: (moves: Moves) => RedateDraft;
  /** Commits what was previewed; why it is refused. */
  commit: (redate: Redate) => Rejection | undefined;
  /** Both; why it is refused. */
  refusal: (moves: Moves, change?: Partial<Redate>) => Rejection | undefined;
  /** Both. @throws where it is refused */
  move: (moves: Moves, change?: Partial<Redate>) => void;
}

/** @param order what the story was started with */
export function redating(story: Story, order: Order, replanning = shippedReplanning()): Redating {
  const preview: Redating['preview'] = (moves) =>
    previewRedate({ state: story.state, order, moves: movesOf(moves), nowMs: story.nowMs }, replanning);
  const commit: Redating['commit'] = (redate) => {
    const rejection = judgeRedate(story.state, redate, story.nowMs);
    if (rejection === undefined) story.happens({ type: 'redated', atMs: story.nowMs, redate });
    return rejection;
  };
  const refusal: Redating['refusal'] = (moves, change) =>
    judgeMoves(story.state, movesOf(moves), story.nowMs) ?? commit(redateOf(preview(moves), moves, change));
  const move: Redating['move'] = (moves, change) => {
    const rejection = refusal(moves, change);
    if (rejection !== undefined) throw new Error(`${rejection.type}: ${rejection.message}`);
  };
  return { preview, commit, refusal, move };
}
