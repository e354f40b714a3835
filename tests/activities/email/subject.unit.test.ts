import { describe, expect, it } from 'vitest';
import { fittingSubject } from '../../../activities/email/subject.js';

const practice = 'Millbrook Lane Surgery';
const long = 'The Old Brewery Yard and Saint Bartholomew Road Medical Centre and Walk-in Clinic';

describe('a subject', () => {
  it('stays as it is where it is short', () => {
    const subject = `${practice}: notice of change of clinical system from Thursday 28 January 2027`;
    expect(fittingSubject(subject, practice)).toBe(subject);
  });

  it('loses words of the thing before it loses its day, and keeps what tells things of the same name apart', () => {
    const thing = 'late: Alder Clinical Systems sends the practice its request form (Alder GP record, Initial)';
    expect(fittingSubject(`${practice}: ${thing}, due Tuesday 24 November 2026`, practice)).toBe(
      'Millbrook Lane Surgery: late: Alder Clinical Systems sends… (Alder GP record, Initial), due Tuesday 24 November 2026',
    );
  });

  it('keeps how many more there are, and the day in all its words', () => {
    const thing = 'late: Sort out duplicate, orphaned and deceased patients’ records before they are taken over';
    const end = ' and 11 more, by tomorrow, Saturday 22 May 2027 (provisional)';
    expect(fittingSubject(`REHEARSAL: ${practice}: ${thing}${end}`, practice)).toBe(
      `REHEARSAL: ${practice}: late: Sort out duplicate, orphaned…${end}`,
    );
  });

  it('shortens a very long name of a practice, so that thing and day are still there', () => {
    const subject = fittingSubject(`${long}: Clean up duplicate records, by Thursday 3 December 2026`, long);
    expect(subject).toBe('The Old Brewery Yard and Saint…: Clean up duplicate records, by Thursday 3 December 2026');
  });

  it('is never cut in the middle of a character', () => {
    for (const name of ['😀'.repeat(80), `a${'😀'.repeat(80)}`])
      expect(fittingSubject(`${name}: ${name}, by Thursday 3 December 2026`, name)).not.toMatch(
        /[\ud800-\udbff](?![\udc00-\udfff])/,
      );
  });
});
