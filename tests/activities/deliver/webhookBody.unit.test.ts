import { describe, expect, it } from 'vitest';
import { webhookBody } from '../../../activities/deliver/webhook.js';
import { itemLike, messageLike } from '../support/messages.js';

const asksFor = [{ odsCode: 'Z98011', name: 'Weir House Practice' }];
const bodyOf = (item: ReturnType<typeof itemLike>): string =>
  webhookBody(messageLike({ kind: 'request', items: [item] }), new Date('2026-11-23T09:00:00Z'));

describe('what a supplier’s system is told of a request', () => {
  it('names the practices on the same instance for which it is made, too', () => {
    expect(bodyOf({ ...itemLike(), asksFor })).toContain(
      '"alsoFor":[{"odsCode":"Z98011","name":"Weir House Practice"}]',
    );
  });

  it('says nothing of others where the practice has its system to itself', () => {
    expect(bodyOf(itemLike())).not.toContain('alsoFor');
  });
});
