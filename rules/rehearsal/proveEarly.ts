import { heldUpBy, isOpen, plannedMilestone } from '../migration/lookup.js';
import type { MigrationState } from '../migration/state.js';
import type { PlannedMilestone } from '../plan/types.js';
import { diligent, type DiligentActor } from './diligent.js';
import { fault, repeats, type Fault } from './faults.js';
import { plannedRung, type PlannedRung, type RungOfPlan } from './fired.js';
import { rehearseMigration, type Rehearsal } from './run.js';

export interface UnavoidableRung extends PlannedRung {
  why: string;
}

export interface EarlyProof {
  /** Formal mails: requests, notices, contacts, letters, calls. */
  formal: number;
  /** Rungs that no diligence avoids, with the reason. */
  unavoidable: UnavoidableRung[];
  faults: Fault[];
}

/** Why nobody could have avoided a rung although everybody was early; undefined where nothing explains it. */
function whyAsked(start: MigrationState, run: Rehearsal, { milestone, rung }: RungOfPlan, actor: DiligentActor) {
  const isOfBefore = rung.atMs !== undefined && rung.atMs <= start.startedAtMs;
  return isOfBefore ? 'its instant had come before anybody could act' : whyOpen(run.state, milestone, actor);
}

function whyOpen(state: MigrationState, milestone: PlannedMilestone, actor: DiligentActor): string | undefined {
  const { id, needsConfirmedDate, anchor } = heldUpBy(state, milestone);
  if (!isOpen(state, id)) return undefined;
  const lacksDate = needsConfirmedDate && state.plan.anchors[anchor].status !== 'confirmed';
  if (lacksDate) return `${id} waits for a date that nobody can confirm`;
  const rejection = actor.rejections.get(id);
  return rejection && `${id} cannot be reported: ${rejection.message}`;
}

function sentRungs({ sent, state }: Rehearsal): RungOfPlan[] {
  return sent
    .flatMap(({ message }) => message.settles)
    .flatMap(({ milestoneId, rungId }) => {
      const milestone = plannedMilestone(state, milestoneId);
      const rung = milestone?.ladder.find(({ id }) => id === rungId);
      return milestone === undefined || rung === undefined ? [] : [{ milestone, rung }];
    });
}

/**
 * Everybody is early: only formal mail goes out. Whatever else does is a fault, unless nobody could have avoided it, as where an
 * anchor has no day that could be confirmed.
 */
export function proveEarly(start: MigrationState): EarlyProof {
  const actor = diligent({ pace: 'early' });
  const run = rehearseMigration(start, { actor });
  const sent = sentRungs(run);
  const asking = sent.filter(({ rung }) => rung.type !== 'deliver');
  const judged = asking.map((each) => ({ each, why: whyAsked(start, run, each, actor) }));
  return {
    formal: sent.length - asking.length,
    unavoidable: judged.flatMap(({ each, why }) =>
      why === undefined ? [] : [{ ...plannedRung(each.milestone, each.rung), why }],
    ),
    faults: [
      ...judged
        .filter(({ why }) => why === undefined)
        .map(({ each }) => fault('early', each, 'went out although everybody was early')),
      ...repeats('early', run),
    ],
  };
}
