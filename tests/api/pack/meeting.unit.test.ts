import { describe, expect, it } from 'vitest';
import { exampleOrder } from '../../support/examples.js';
import { packOf, shown } from './packed.js';

const meetingOf = async (change: Parameters<typeof packOf>[1], asOf?: string): Promise<string> =>
  shown((await packOf('plain', change, asOf))['meeting.html']);

describe('the agenda of the weekly meeting', () => {
  it('has the actions agreed, each with owner, day, and whether it is done', async () => {
    const actions = [
      { id: 'rooms', title: 'Agree the rooms', owner: 'csu', dueOn: '2026-11-10' },
      { id: 'trainers', title: 'Name the trainers', owner: 'rowan', dueOn: '2026-11-12' },
    ];
    const alreadyDone = [{ milestone: 'action.rooms', on: '2026-10-20', by: 'Tom Ashdown' }];
    const text = await meetingOf({ actions, alreadyDone });
    expect(text).toContain(
      'Agree the rooms Weald Commissioning Support Tuesday 10 November 2026 Tuesday 20 October 2026',
    );
    expect(text).toContain('Name the trainers Rowan Health Software Thursday 12 November 2026');
  });

  it('has what is due in the next two weeks or is past its day, and not what is done', async () => {
    const section = (text: string): string => text.slice(text.indexOf('2. Due'), text.indexOf('3. Actions'));
    const early = section(await meetingOf({}));
    expect(early).toContain('Sign the form for technical requirements');
    expect(early).not.toContain('Put up posters');
    const later = section(shown((await packOf('mid-flight', {}, '2026-11-06'))['meeting.html']));
    expect(later).toContain('day passed');
    expect(later).not.toContain('Put up posters');
  });

  it('asks for every decision that is open', async () => {
    expect(await meetingOf({ decisions: {} })).toContain('Must the patient list be reconciled?');
    const text = await meetingOf({
      decisions: { ...exampleOrder('plain').decisions, dataCheckingPhases: 2 },
      registrationCutOff: { amount: 2, unit: 'workingDays' },
    });
    expect(text).toContain('Every decision is made.');
  });

  it('names the kinds of third party that nobody has said anything about', async () => {
    const text = await meetingOf({
      confirmedAbsent: ['gp2gp', 'scr', 'nhs111', 'outOfHours', 'pharmacy', 'subsidiarySystem'],
    });
    expect(text).toContain(
      'nobody has said anything about Bowel screening service Hospital letters and discharge messages',
    );
    expect(await meetingOf({})).toContain('Every kind of third party is named');
  });

  it('lists each assumed number once, with what rests on it', async () => {
    const text = await meetingOf({});
    expect(text.match(/Alder Clinical Systems confirms that it has the form 2 working days/g)).toHaveLength(1);
    expect(text).not.toMatch(/ 0 (working )?days /);
  });

  it('lists survey items where there are any', async () => {
    const surveyItems = [{ id: 'printer', title: 'Label printer', owner: 'csu' }];
    expect(await meetingOf({ surveyItems })).toContain('4. Items of the technical survey');
    expect(await meetingOf({ surveyItems })).toMatch(
      /Label printer Weald Commissioning Support \w+day \d+ January 2027/,
    );
    expect(await meetingOf({})).toContain('4. Open points');
  });
});
