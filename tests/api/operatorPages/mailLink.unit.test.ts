import { describe, expect, it } from 'vitest';
import { mailLink } from '../../../api/operatorPages/meeting/mailLink.js';

const read = (link: string): { subject: string; body: string } => {
  const { protocol, searchParams } = new URL(link);
  expect(protocol).toBe('mailto:');
  return { subject: searchParams.get('subject') ?? '', body: searchParams.get('body') ?? '' };
};

describe('a sheet as a mail of one’s own', () => {
  it('has the first line as its subject, and days as people write them', () => {
    const { subject, body } = read(
      mailLink(['The week to 2026-11-23', '', '  2026-11-30  Clean up + check, 100% & more']),
    );
    expect(subject).toBe('The week to Mon 23 Nov 2026');
    expect(body).toBe('The week to Mon 23 Nov 2026\r\n\r\n  Mon 30 Nov 2026  Clean up + check, 100% & more');
  });

  it('is cut to what mail programs take, and says how much is left out', () => {
    const lines = Array.from({ length: 200 }, (_, index) => `Line ${index} of a long sheet`);
    const link = mailLink(lines);
    expect(link.length).toBeLessThanOrEqual(1_900);
    const body = read(link).body.split('\r\n');
    expect(body.slice(0, 3)).toEqual(lines.slice(0, 3));
    expect(body.at(-1)).toBe(`${200 - (body.length - 2)} more lines are on the page.`);
  });

  it('lets no name begin another header', () => {
    expect(read(mailLink(['Ring list of Bo\r\nBcc: x@example.org&cc=y@example.org'])).subject).toBe(
      'Ring list of Bo Bcc: x@example.org&cc=y@example.org',
    );
  });
});
