import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRegister } from '../../register/open.js';
import type { Register } from '../../register/types.js';
import type { CalendarEntry } from '../../rules/calendarEntries/entry.js';
import { milestoneEntry } from '../../rules/calendarEntries/ofMigration.js';
import { operatorKeyOf, rowEntry } from '../../rules/calendarEntries/ofRows.js';
import { migrationRow, milestoneRow } from '../../rules/migration/registerRows.js';
import type { RegisterWrite } from '../../rules/migration/records.js';
import type { MigrationState } from '../../rules/migration/state.js';
import { elementStory } from '../support/elements.js';
import { type Places, pglitePlaces } from './places.js';

let places: Places;
let register: Register;
beforeAll(async () => {
  places = await pglitePlaces();
  register = await openRegister(await places.fresh());
});
afterAll(async () => {
  await register.close();
  await places.stop();
});

const writes: RegisterWrite[] = [];

/** What the workflow writes: the migration, and the milestones whose rows are out of date. */
async function tell(state: MigrationState): Promise<MigrationState> {
  const real = { ...state, rehearsal: false };
  const milestones = state.dirty.map((id) => milestoneRow(real, id));
  const migration = migrationRow(real, 'migration-Z98001');
  const write = { asOfSeq: writes.length + 1, migration, milestones, messages: [], audit: [] };
  writes.push(write);
  await register.write(write);
  return { ...state, dirty: [], outbox: [] };
}

const shape = ({ uid, sequence, from, to, status, summary, changedAtMs }: CalendarEntry) =>
  [uid, sequence, from, to, status, summary, changedAtMs].join(' ');

const inRegister = async (from: Register, { directory }: MigrationState): Promise<string[]> => {
  const key = operatorKeyOf(directory.contacts.csuOperator.email ?? '');
  const rows = await from.operatorCalendar(key, { closedAfterMs: 0, from: '2020-01-01' });
  return rows.flatMap(rowEntry).map(shape).toSorted();
};

/** Entry for entry what the migration itself says. */
async function expectAgreement(state: MigrationState): Promise<void> {
  const meant = state.plan.milestones.filter(
    ({ holder, kind }) => holder === 'csu' || kind === 'anchor' || kind === 'confirmation',
  );
  const own = meant.flatMap((each) => milestoneEntry(state, each)).map(shape);
  expect(own.length).toBeGreaterThan(3);
  expect(await inRegister(register, state)).toEqual(own.toSorted());
}

describe('an operator’s calendar, from the register', () => {
  it('says what the migration itself says, after moves, waivers and the end; made anew, it is the same', async () => {
    const story = elementStory();
    story.state = await tell(story.state);
    await expectAgreement(story.state);
    story.until('2027-01-11').says('rowan', 'extract.loaded', { data: { extract: 'initial' } });
    story.decides('notNeeded');
    story.state = await tell(story.state);
    await expectAgreement(story.state);
    story.until('2027-01-12').cancel();
    story.state = await tell(story.state);
    await expectAgreement(story.state);

    const anew = await openRegister(await places.fresh());
    for (const write of writes) await anew.write(write);
    expect(await inRegister(anew, story.state)).toEqual(await inRegister(register, story.state));
    await anew.close();
  });
});
