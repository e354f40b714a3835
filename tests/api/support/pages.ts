import { instantOf } from '../../../rules/calendar/clock.js';
import type { Day } from '../../../rules/calendar/day.js';
import type { MigrationPage, PageRole } from '../../../rules/migration/page.js';
import { pageOf } from '../../../rules/migration/page.js';
import { exampleOrder, startedExample } from '../../support/examples.js';

/** The page of a role of the plain example on a day; nothing has happened but what the days bring. */
export function examplePage(role: PageRole = 'practiceManager', on: Day = '2026-11-23'): MigrationPage {
  const state = startedExample(exampleOrder('plain'));
  return pageOf(state, role, instantOf(state.plan.workingTime.clock, on));
}
