import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../../activities/email/render.js';
import { exampleOrder, startedExample } from '../../support/examples.js';
import { Story } from '../../support/story.js';

const mailsOf = (name: string) => {
  const { sent } = new Story(startedExample(exampleOrder(name))).toTheEnd();
  return sent.map(({ message }) => ({ message, ...renderMessage(message) }));
};

describe('words that a party is told, in the mails of a migration in which nobody does anything', () => {
  const mails = mailsOf('rich');

  it('are never an operator’s task: that is the title of what is late', () => {
    const late = mails.filter(({ message: { kind, items } }) => kind === 'escalation' && items[0]?.actionIsForParty);
    expect(late.length).toBeGreaterThan(3);
    for (const { text } of late) {
      expect(text).not.toContain('We are changing the practice');
      expect(text).not.toContain('Please make the practice');
    }
  });

  it('say nothing of today or now beside the day that they are about', () => {
    const wrong = mails.filter(({ text }) =>
      /starts now|in a week|Today the present supplier|Today the practice/.test(text),
    );
    expect(wrong.map(({ subject }) => subject)).toEqual([]);
    const friday = mails.filter(({ message: { kind, sentOn } }) => kind === 'contact' && sentOn === '2027-04-23');
    expect(friday.length).toBeGreaterThan(0);
    for (const { text } of friday) expect(text).toContain('It starts tomorrow, Saturday 24 April 2027');
  });

  it('tell the practice of the end of its access as its own affair', () => {
    const ends = mails.filter(
      ({ message: { to, items } }) =>
        to.key === 'practiceManager' && items.some(({ milestoneId }) => milestoneId === 'old-system-read-only-ends'),
    );
    expect(ends.length).toBeGreaterThan(0);
    for (const { text } of ends)
      expect(text).toMatch(/(?:What to do|\d): Look up in the old system what you still need from it/);
  });
});
