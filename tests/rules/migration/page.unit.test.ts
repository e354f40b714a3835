import { describe, expect, it } from 'vitest';
import { judgeHelp, judgeRevocation } from '../../../rules/migration/judgePage.js';
import { hasPage, pageOf } from '../../../rules/migration/page.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const story = () => new Story(startedExample(exampleOrder('plain')));
const pageFor = (told: Story, role: string) => pageOf(told.state, role, told.nowMs);
const idsOf = (tasks: { milestoneId: string }[]) => tasks.map(({ milestoneId }) => milestoneId);

describe('the page of a practice', () => {
  it('shows what the practice has to do, the earliest first, and nothing that is somebody else’s', () => {
    const { tasks, practiceName, readerName, days } = pageFor(story(), 'practiceManager');
    expect([practiceName, readerName]).toEqual(['Millbrook Lane Surgery', 'Priya Nayar']);
    expect(days.map(({ on }) => on)).toEqual(['2027-01-07', '2027-01-28', '2027-02-02']);
    expect(idsOf(tasks)).toContain('posters.main');
    expect(idsOf(tasks)).not.toContain('notify.eps');
    // A period asks for something from its first day on.
    const dated = tasks.flatMap(({ dueOn, periodFrom, waitsFor }) =>
      waitsFor === undefined && dueOn ? [periodFrom ?? dueOn] : [],
    );
    expect(dated).toEqual(dated.toSorted());
  });

  it('has the first day of what lasts, and who has taken on what is late', () => {
    const told = story().until('2026-12-23');
    const { tasks } = pageFor(told, 'practiceManager');
    const find = (id: string) => pageFor(told, 'practiceManager').tasks.find(({ milestoneId }) => milestoneId === id);
    expect(find('no-new-registrations')).toMatchObject({ periodFrom: '2027-01-26', dueOn: '2027-02-02' });
    expect(
      tasks
        .filter(({ periodFrom }) => periodFrom !== undefined)
        .every(({ lateWorkingDays }) => lateWorkingDays === undefined),
    ).toBe(true);
    expect(find('website-and-online-message')?.takenOn).toBeUndefined();
    expect(told.acknowledges('website-and-online-message')).toBeUndefined();
    expect(find('website-and-online-message')?.takenOn).toEqual({ by: 'Tom Ashdown', on: '2026-12-23' });
  });

  it('lets the practice say that the form has come, and for which day it went back', () => {
    const told = story();
    const form = (name: string) =>
      pageFor(told, 'practiceManager').tasks.find(
        ({ milestoneId }) => milestoneId === `extract.initial.alder.core.1.${name}`,
      );
    expect(form('formAtPractice')).toMatchObject({ answer: 'arrived' });
    expect(form('formReturned')).toMatchObject({ answer: 'returned', forDay: '2027-01-07' });
  });

  it('says how late a thing is and what that does', () => {
    const task = pageFor(story().until('2026-12-23'), 'practiceManager').tasks.find(
      ({ milestoneId }) => milestoneId === 'website-and-online-message',
    );
    // Due Thu 17 Dec 2026; Fri 18, Mon 21, Tue 22 and Wed 23 are four working days.
    expect(task).toMatchObject({ lateWorkingDays: 4 });
    expect(task?.ifLate).toMatch(/Final data production day/);
  });

  it('moves what is done to the settled, with who did it', () => {
    const told = story();
    told.until('2026-10-22').done('website-and-online-message', { by: 'Priya Nayar' });
    const { tasks, settled } = pageFor(told, 'practiceManager');
    expect(idsOf(tasks)).not.toContain('website-and-online-message');
    expect(settled).toMatchObject([
      { milestoneId: 'website-and-online-message', settledBy: 'Priya Nayar' },
      { milestoneId: 'authorise-extracts', settledBy: 'Dr Owen Pryce' },
    ]);
  });
});

describe('the page of a supplier or third party', () => {
  it('shows its own hops, with the day that a booking has to name', () => {
    const { tasks, counters } = pageFor(story(), 'alder.contact');
    expect(idsOf(tasks)).not.toContain('posters.main');
    expect(idsOf(tasks)).not.toContain('extract.initial.alder.core.1.formReturned');
    const scheduled = tasks.find(({ milestoneId }) => milestoneId === 'extract.initial.alder.core.1.scheduled');
    expect(scheduled).toMatchObject({ answer: 'named', forDay: '2027-01-07' });
    expect(counters).toEqual([]);
  });

  it('asks for an acknowledgement once the notice has gone out', () => {
    const told = story();
    expect(idsOf(pageFor(told, 'eps.contact').tasks)).not.toContain('notify.eps');
    told.until('2026-12-24');
    expect(pageFor(told, 'eps.contact').tasks).toMatchObject([{ milestoneId: 'notify.eps', answer: 'acknowledged' }]);
    told.says('eps', 'notice.acknowledged');
    expect(idsOf(pageFor(told, 'eps.contact').tasks)).not.toContain('notify.eps');
  });

  it('is there for contacts of this migration alone', () => {
    const { state } = story();
    const roles = ['eps.contact', 'practiceManager', 'eps.accountManager', 'nobody.contact', 'csuOperator', ''];
    expect(roles.filter((role) => hasPage(state, role))).toEqual(['eps.contact', 'practiceManager']);
  });
});

describe('asking for help', () => {
  it('tells the CSU operator once, in the asker’s own words', () => {
    const told = story();
    const request = {
      requestId: 'a1',
      milestoneId: 'posters.main',
      text: 'Where do I get posters?',
      by: 'Priya Nayar',
    };
    told.happens({ type: 'helpAsked', atMs: told.nowMs, request });
    told.happens({ type: 'helpAsked', atMs: told.nowMs, request });
    const [mail, ...more] = told.mails({ kind: 'help' });
    expect(more).toEqual([]);
    expect(mail?.message.to.key).toBe('csuOperator');
    expect(mail?.message.items[0]?.news).toBe('Priya Nayar asks for help: Where do I get posters?');
  });

  it('takes nothing about a patient', () => {
    const request = { requestId: 'a1', milestoneId: 'posters.main', text: 'about 943 476 5919', by: 'Priya' };
    expect(judgeHelp(story().state, request)?.type).toBe('PatientData');
    expect(judgeHelp(story().state, { ...request, text: 'about posters' })).toBeUndefined();
  });
});

describe('a mail to somebody who has a page', () => {
  it('says of which generation its link is, and no other mail does', () => {
    const told = story().until('2026-10-22');
    told.happens({ type: 'linksRevoked', atMs: told.nowMs, role: 'practiceManager', by: 'Tom Ashdown' });
    told.until('2026-12-24');
    const generations = (key: string) => [
      ...new Set(told.sent.flatMap(({ message }) => (message.to.key === key ? [message.linkGeneration] : []))),
    ];
    expect(generations('practiceManager')).toEqual([0, 1]);
    expect(generations('eps.contact')).toEqual([0]);
    expect(generations('csuOperator')).toEqual([undefined]);
  });
});

describe('revoking links', () => {
  it('begins a new generation of one role’s links', () => {
    const told = story();
    told.happens({ type: 'linksRevoked', atMs: told.nowMs, role: 'practiceManager', by: 'Tom Ashdown' });
    expect(pageFor(told, 'practiceManager').linkGeneration).toBe(1);
    expect(pageFor(told, 'eps.contact').linkGeneration).toBe(0);
    expect(judgeRevocation(told.state, { role: 'nobody', by: 'Tom' })).toMatchObject({ type: 'NoPage' });
  });
});
