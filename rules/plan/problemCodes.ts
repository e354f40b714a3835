/** Everything that can be wrong with an order, a rule set or the plan made of them: codes that scripts can rely on. */
export type ProblemCode =
  // The parties and the people of an order.
  | 'supplier-count'
  | 'duplicate-id'
  | 'reserved-id'
  | 'third-party-kind-missing'
  | 'third-party-kind-unused'
  | 'third-party-kinds-open'
  | 'third-party-kind-both'
  | 'notice-missing'
  | 'product-missing'
  | 'unit-not-days'
  | 'channel-incomplete'
  | 'recipient-missing'
  | 'unusual-ods-code'
  | 'unknown-holder'
  | 'closure-backwards'
  | 'blackout-backwards'
  | 'registration-cut-off-missing'
  | 'unknown-counter'
  | 'unknown-layer'
  | 'shared-instance'
  // The days of an order.
  | 'anchors-out-of-order'
  | 'outside-calendar'
  | 'anchor-in-the-past'
  | 'anchor-not-worked'
  | 'anchor-in-blackout'
  | 'holder-closed-on-anchor'
  | 'unusual-duration'
  // What is already done, and risks.
  | 'unknown-milestone'
  | 'done-in-the-future'
  | 'done-for-another-day'
  | 'due-day-passed'
  | 'latest-start-passed'
  | 'earliest-feasible-day'
  | 'accepted-risk-unused'
  // What the plan cannot hold.
  | 'window-without-working-day'
  | 'reminder-outside-calendar'
  // Rule sets.
  | 'rule-set';
