/**
 * What a migration does beyond the days of its plan, by the version that brought it. A running migration keeps to what its plan
 * was made for: a release that tells people more must not change what a recorded history says was told.
 */
import type { Plan } from './types.js';

const since = { allClear: 2, dateMoved: 2, callTasks: 2 } as const;

export type Behaviour = keyof typeof since;

/** Recorded in every plan that is made now. */
export const BEHAVIOUR_VERSION = 2;

/** Whether migrations with this plan do so. */
export const behaves = ({ behaviourVersion = 1 }: Pick<Plan, 'behaviourVersion'>, behaviour: Behaviour): boolean =>
  behaviourVersion >= since[behaviour];
