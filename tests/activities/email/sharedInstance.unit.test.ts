import { describe, expect, it } from 'vitest';
import { renderMessage } from '../../../activities/email/render.js';
import type { MessageItem, MessageKind } from '../../../rules/migration/messages.js';
import { itemLike, messageLike } from '../support/messages.js';

const asksFor = [
  { odsCode: 'Z98011', name: 'Weir House Practice' },
  { odsCode: 'Z98012', name: 'Tollgate Surgery' },
];
const asked = itemLike({ milestoneId: 'extract.initial.alder.core.1.asked' });
const bodiesOf = (kind: MessageKind, item: MessageItem = { ...asked, asksFor }) => {
  const { text, html } = renderMessage(messageLike({ kind, items: [item] }));
  return [text, html];
};
const all = ['Weir House Practice (Z98011)', 'Tollgate Surgery (Z98012)', 'Example Medical Centre'];

describe('a request for several practices on one instance', () => {
  it.each<MessageKind>(['request', 'callTask', 'withdrawal'])('names every one of them: %s', (kind) => {
    for (const body of bodiesOf(kind)) for (const practice of all) expect(body).toContain(practice);
  });

  it('says that each needs a form of its own', () => {
    for (const body of bodiesOf('request')) expect(body).toContain('a form and an extract of its own');
  });

  it('is withdrawn for one practice, and stands for the others', () => {
    for (const body of bodiesOf('withdrawal')) expect(body).toContain('This is about Example Medical Centre alone.');
  });

  it('says nothing of others where the practice has its system to itself', () => {
    for (const kind of ['request', 'callTask', 'withdrawal'] as const)
      for (const body of bodiesOf(kind, asked)) expect(body).not.toMatch(/of its own|they share|alone/);
  });
});
