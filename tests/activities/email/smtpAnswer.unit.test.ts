import { describe, expect, it } from 'vitest';
import { refusedByAll } from '../../../activities/email/smtpAnswer.js';

describe('what a mail server says of a refused address', () => {
  it('is kept on one line, without addresses and without what turns the reading direction', () => {
    const response = '550 5.1.1 priya@example.nhs.uk\r\nX-Forged: 1 \u202eknown\u2028un\u001b[2J';
    const refusal = Object.assign(new Error('refused'), { responseCode: 550, command: 'RCPT TO', response });
    expect(refusedByAll(refusal, false)).toMatchObject({
      outcome: 'undeliverable',
      detail: '550 5.1.1 [address] X-Forged: 1 known un [2J',
    });
  });
});
