import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../../activities/email/render.js';
import { itemLike, messageLike } from '../support/messages.js';

const reach = { channel: 'phone', phone: '0300 111 1111', contactName: 'Cy Supplier' } as const;
const formal = ['request', 'notice', 'contact', 'callTask', 'letter'] as const;

describe('formal mail for a day that has moved', () => {
  it.each(formal)('says in its subject and its text that it takes the place of another: %s', (kind) => {
    const item = itemLike({ reach, replaces: '2027-01-07' });
    const { subject, text, html } = renderMessage(messageLike({ kind, items: [item] }));
    expect(subject).toContain('date moved: ');
    for (const body of [text, html]) expect(body).toMatch(/Thursday 7 January 2027/);
  });

  it.each(formal)('says nothing of that where none did: %s', (kind) => {
    const { subject, text } = renderMessage(messageLike({ kind, items: [itemLike({ reach })] }));
    expect(`${subject}\n${text}`).not.toMatch(/date (has )?moved|replaces/i);
  });

  it('tells a production day by its new and its old day, and not what happens on it', () => {
    const item = itemLike({
      milestoneId: 'anchor.goLive',
      title: 'Go Live day',
      action: 'Today the practice starts work.',
      dueOn: '2027-03-16',
      movedFrom: '2027-02-02',
    });
    const { text } = renderMessage(messageLike({ kind: 'dateMoved', items: [item] }));
    expect(text).toContain('Go Live day is now Tuesday 16 March 2027, no longer Tuesday 2 February 2027.');
    expect(text).not.toContain('Today the practice');
  });
});
