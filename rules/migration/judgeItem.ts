import type { Day } from '../calendar/day.js';
import { itemMilestoneId, planItem } from '../plan/items.js';
import type { AddedItem, ItemReport, Rejection } from './events.js';
import { plannedMilestone, todayOf } from './lookup.js';
import { closed, refuse } from './refuse.js';
import type { MigrationState } from './state.js';

/** Refuses an item that is there already, that is nobody's, or whose day cannot be. */
export function judgeItem(state: MigrationState, { item }: ItemReport, atMs: number): Rejection | undefined {
  if (state.status !== 'running') return closed(state);
  if (state.plan.items === undefined) return notPlanned(state);
  const id = itemMilestoneId(item);
  if (plannedMilestone(state, id) !== undefined) return refuse('DuplicateItem', `There is an item "${id}" already.`);
  return judgeOwner(state, item) ?? judgeSite(state, item) ?? judgeDueDay(state, item, todayOf(state, atMs));
}

function notPlanned({ migrationId, plan: { ruleSet } }: MigrationState): Rejection {
  const planned = `Migration ${migrationId} was planned by ${ruleSet.id} ${ruleSet.version}, which has no rule for added items`;
  return refuse('ItemsNotPlanned', `${planned}: nothing can be added to it.`);
}

function judgeOwner({ directory }: MigrationState, { owner }: AddedItem): Rejection | undefined {
  const owners = ['practice', 'csu', ...directory.parties.map(({ id }) => id)];
  return owners.includes(owner) ? undefined : refuse('UnknownOwner', `"${owner}" is nobody here.`, owners);
}

function judgeSite({ directory: { practice } }: MigrationState, { siteId }: AddedItem): Rejection | undefined {
  const sites = practice.sites.map(({ id }) => id);
  if (siteId === undefined || sites.includes(siteId)) return undefined;
  return refuse('UnknownSite', `${practice.name} has no site "${siteId}".`, sites);
}

function judgeDueDay(state: MigrationState, item: AddedItem, today: Day): Rejection | undefined {
  const { from, horizon } = state.plan.workingTime;
  const { kind, dueOn } = item;
  if (dueOn === undefined && kind === 'action')
    return refuse('DateNeeded', 'An action needs the day by which it is due.');
  if (dueOn !== undefined && dueOn < today)
    return refuse('DateNeeded', `${dueOn} has passed; today is ${today}.`, [today]);
  if (planItem(state.plan, state.directory, item, today) !== undefined) return undefined;
  return refuse('DateNeeded', `It would be due outside ${from} to ${horizon}, the days whose bank holidays are known.`);
}
