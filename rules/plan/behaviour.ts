/**
 * What a migration does beyond the days of its plan, by the version that brought it. A running migration keeps to what its plan
 * was made for: a release that tells people more must not change what a recorded history says was told.
 */
import type { Plan } from './types.js';

const since = {
  /** Whoever was escalated to hears when it is over. */
  allClear: 2,
  /** Whoever was told of a day hears when it moves. */
  dateMoved: 2,
  /** A digest of one thing, or of what is due on its own day, is a kind of mail of its own. */
  reminderKinds: 2,
  /** A reminder gives way only to a later one to the same person. */
  overtakenByPerson: 2,
  /** What a party whose contact is away, with nobody to stand in, has to be told is a task for the CSU. */
  tellsAbsentByHand: 3,
  /** Several things to ring one party about are one task; one mail about something counts once, whatever rungs it settles. */
  callsTogether: 3,
  /** The holder hears of what is waived too, and nobody that something is over which is open again. */
  clearsForHolder: 3,
  /** A day that moves twice before anybody has heard of it has moved once. */
  movesOnce: 3,
  /** A notice holds until the last of the days that it tells, and is withdrawn until then. */
  withdrawsInCutOver: 4,
  /** Nobody is written to again at an address that was refused for good: a deputy is, or the CSU. */
  dropsDeadAddresses: 4,
  /** What the operator hears of a party that has not answered is a task to ring it, whichever rung comes next. */
  ringsWhereLate: 4,
  /** A second word about the loading that dates what follows has done something, and says so. */
  saysWhatFollows: 4,
  /** The CSU's manager, if escalated to, and suppliers that were written to hear that a migration is off. */
  tellsAllOfTheEnd: 4,
  /** What an operator reports late, for a day that has moved, is noted and has no effect, as a supplier's word is. */
  notesLateReports: 4,
} as const;

export type Behaviour = keyof typeof since;

/** Recorded in every plan that is made now. */
export const BEHAVIOUR_VERSION = 4;

/** Whether migrations with this plan do so. */
export const behaves = ({ behaviourVersion = 1 }: Pick<Plan, 'behaviourVersion'>, behaviour: Behaviour): boolean =>
  behaviourVersion >= since[behaviour];
