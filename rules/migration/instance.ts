/** What the migrations of practices on one instance say to each other: that a practice lets the CSU ask, and that has been asked. */
import { applyDone } from './applyReports.js';
import type { InstanceCall, InstanceWord, MigrationEvent } from './events.js';
import { judgeDone } from './judge.js';
import { milestoneState, plannedMilestone } from './lookup.js';
import type { MigrationState } from './state.js';

const toldKey = (odsCode: string, milestoneId: string): string => `${odsCode}/${milestoneId}`;

/** What is done here and the practice has not been told. */
function newsFor({ milestones, plan, instance }: MigrationState, practice: string): string[] {
  const told = instance?.told ?? [];
  const tells = plan.sharedInstance?.tells ?? [];
  return tells
    .filter(({ odsCode }) => odsCode === practice)
    .filter(({ milestoneId }) => milestones[milestoneId]?.status === 'done')
    .filter(({ settles }) => !told.includes(toldKey(practice, settles)))
    .map(({ settles }) => settles);
}

/**
 * What has to be said to the other migrations now. A practice without one misses it: it greets when it begins, and is told then.
 * A rehearsal says nothing: the others are in earnest.
 */
export function instanceCalls(state: MigrationState): InstanceCall[] {
  const { plan, instance, rehearsal, status, directory } = state;
  const { sharedInstance } = plan;
  if (sharedInstance === undefined || rehearsal || status !== 'running') return [];
  const said = { instance: sharedInstance.id, from: directory.practice.odsCode };
  const greets = instance?.greetedVersion !== plan.dateVersion;
  return sharedInstance.others
    .map(({ odsCode: to }) => ({ to, word: { ...said, greets, done: newsFor(state, to) } }))
    .filter(({ word }) => word.greets || word.done.length > 0);
}

/** What has been said is said again only to somebody who greets. */
export function applyInstanceTold(
  state: MigrationState,
  { calls, dateVersion: greetedVersion }: MigrationEvent & { type: 'instanceTold' },
): MigrationState {
  const said = calls.flatMap(({ to, word }) => word.done.map((id) => toldKey(to, id)));
  return { ...state, instance: { told: [...(state.instance?.told ?? []), ...said], greetedVersion } };
}

/** Settles what the other migration may settle here. What is settled already stays as it is. */
function withDone(state: MigrationState, milestoneId: string, { from }: InstanceWord, atMs: number): MigrationState {
  const milestone = plannedMilestone(state, milestoneId);
  const who = state.plan.sharedInstance?.others.find(({ odsCode }) => odsCode === from);
  if (milestone?.heardFrom !== from || who === undefined) return state;
  const report = { milestoneId, by: `${who.name} (${from})`, reference: 'said by its own migration' };
  const isRefused =
    milestoneState(state, milestoneId).status !== 'open' || judgeDone(state, report, atMs) !== undefined;
  return isRefused ? state : applyDone(state, report, atMs);
}

/** A word of another instance, as of a practice whose order has changed, has no effect. */
export function applyInstanceHeard(state: MigrationState, word: InstanceWord, atMs: number): MigrationState {
  if (state.status !== 'running' || state.plan.sharedInstance?.id !== word.instance) return state;
  const settled = word.done.reduce((next, id) => withDone(next, id, word, atMs), state);
  const { instance } = settled;
  if (!word.greets || instance === undefined) return settled;
  const told = instance.told.filter((key) => !key.startsWith(toldKey(word.from, '')));
  return { ...settled, instance: { ...instance, told } };
}
