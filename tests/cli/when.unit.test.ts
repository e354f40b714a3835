import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { CommandFailure } from '../../cli/failure.js';
import { createAnswerer, type AnswererOptions } from '../../cli/when/answerer.js';
import { answerLines } from '../../cli/when/lines.js';
import { readRequest } from '../../cli/when/request.js';

const england: AnswererOptions = { division: 'england-and-wales', closure: [] };

const failureOf = (action: () => unknown): { message: string; exitCode: number } => {
  try {
    action();
  } catch (error) {
    if (error instanceof CommandFailure) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('reading DATE AMOUNT UNIT', () => {
  it('takes signs, and -0 as 0', () => {
    expect(readRequest(['2027-01-07', '-5', 'workingDays'])).toEqual({
      date: '2027-01-07',
      amount: -5,
      unit: 'workingDays',
    });
    expect(readRequest(['2027-01-07', '+5', 'weeks']).amount).toBe(5);
    expect(Object.is(readRequest(['2027-01-07', '-0', 'weeks']).amount, 0)).toBe(true);
  });

  it.each([
    ['2027-01-07 -5', 'write DATE AMOUNT UNIT'],
    ['2027-01-07 -5 days more', 'write DATE AMOUNT UNIT'],
    ['2027-01-07 1.5 days', '"1.5" is not a whole number'],
    ['2027-01-07 1e3 days', '"1e3" is not a whole number'],
    ['2027-01-07 0x10 days', '"0x10" is not a whole number'],
    ['2027-01-07 99999999999999999999 days', 'too large'],
    ['2027-01-07 5 workingdays', '"workingdays" is not a unit: use weeks, days, workingDays or months'],
  ])('refuses "%s", naming the word', (line, message) => {
    expect(() => readRequest(line.split(' '))).toThrow(message);
  });
});

describe('answering one shift', () => {
  it('gives the day alone', async () => {
    const answerer = await createAnswerer(england);
    expect(answerer.answerOne(['2027-01-07', '-5', 'workingDays'])).toBe('2026-12-30');
  });

  it('goes by the division', async () => {
    const words = ['2027-01-07', '-5', 'workingDays'];
    const answers = ['scotland', 'northern-ireland'] as const;
    const days = await Promise.all(
      answers.map(async (division) => (await createAnswerer({ division, closure: [] })).answerOne(words)),
    );
    // Scotland also takes 4 January 2027 off, the substitute for the 2nd.
    expect(days).toEqual(['2026-12-29', '2026-12-30']);
  });

  it('rolls and leaves closures out where asked to', async () => {
    const rolled = await createAnswerer({ ...england, roll: 'before' });
    expect(rolled.answerOne(['2027-01-07', '-5', 'days'])).toBe('2026-12-31');
    const closed = await createAnswerer({ ...england, closure: ['2026-12-29..2026-12-30', '2027-01-05..2027-01-05'] });
    expect(closed.answerOne(['2027-01-07', '-5', 'workingDays'])).toBe('2026-12-23');
  });

  it('tells the way day by day as JSON', async () => {
    const answerer = await createAnswerer({ ...england, roll: 'before', json: true });
    expect(JSON.parse(answerer.answerOne(['2027-01-09', '0', 'days']))).toEqual({
      date: '2027-01-09',
      amount: 0,
      unit: 'days',
      division: 'england-and-wales',
      roll: 'before',
      calendar: { id: 'uk-bank-holidays', version: '2025-11-24' },
      result: '2027-01-08',
      text: 'Friday 8 January 2027',
      steps: [
        { day: '2027-01-09', counted: false, why: 'Saturday' },
        { day: '2027-01-08', counted: false, why: 'moved to the working day before' },
      ],
    });
  });

  it('says no past the horizon, and wrong use for what cannot be read', async () => {
    const answerer = await createAnswerer(england);
    expect(failureOf(() => answerer.answerOne(['2028-12-29', '1', 'workingDays'])).exitCode).toBe(1);
    expect(failureOf(() => answerer.answerOne(['2026-02-30', '1', 'days']))).toMatchObject({ exitCode: 2 });
    expect(failureOf(() => answerer.answerOne(['2027-01-07', '72', 'hours']))).toMatchObject({
      exitCode: 2,
      message: 'hours are counted from a recorded instant, not from a day: use weeks, days, workingDays or months',
    });
  });

  it.each(['2027-01-01', '2027-01-01..', '2027-01-01..2027-02-30', '2027-01-02..2027-01-01', '1..2..3'])(
    'refuses the closure %s',
    async (closure) => {
      await expect(createAnswerer({ ...england, closure: [closure] })).rejects.toThrow(`--closure "${closure}": `);
    },
  );
});

describe('answering line by line', () => {
  const answerAll = async (chunks: string[], options: AnswererOptions = england) => {
    const answerer = await createAnswerer(options);
    const output = new PassThrough();
    const printed = text(output);
    const failed = await answerLines(asStream(chunks), output, (line) => answerer.answerLine(line));
    output.end();
    return { failed, lines: (await printed).split('\n').slice(0, -1) };
  };

  async function* asStream(chunks: string[]) {
    yield* chunks;
  }

  it('gives an error on the line that has no answer, and answers the others', async () => {
    const input = '2027-01-07 -5 workingDays\nnonsense\n\n2026-02-30 1 days\n2028-12-31 1 days\n2027-01-07 -5 weeks\n';
    expect(await answerAll([input])).toEqual({
      failed: 4,
      lines: [
        '2026-12-30',
        'error: write DATE AMOUNT UNIT, like 2027-01-07 -5 workingDays (words found: 1)',
        'error: write DATE AMOUNT UNIT, like 2027-01-07 -5 workingDays (words found: 0)',
        'error: "2026-02-30" is not a day: February 2026 has 28 days',
        expect.stringMatching(/^error: 1 day after 2028-12-31 is after 2028-12-31, the last day/),
        '2026-12-03',
      ],
    });
  });

  it('does not care where the chunks are cut, how lines end, or what stands between the words', async () => {
    const chunks = ['\uFEFF2027-01', '-07 -5 work', 'ingDays\r', '\n2027-01-07\t', ' 1   weeks'];
    expect(await answerAll(chunks)).toEqual({ failed: 0, lines: ['2026-12-30', '2027-01-14'] });
  });

  it('has nothing to say to an empty input', async () => {
    expect(await answerAll([])).toEqual({ failed: 0, lines: [] });
  });

  it('gives one JSON object per line where asked to', async () => {
    const { lines } = await answerAll(['2027-01-07 1 days\nx 1 days\n'], { ...england, json: true });
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { result: '2027-01-08' },
      { error: '"x" is not a day: write it as YYYY-MM-DD, like 2027-01-07' },
    ]);
  });

  it('waits for a reader that is slow', async () => {
    let written = '';
    let waiting = 0;
    const slow = new Writable({
      highWaterMark: 1,
      write(chunk: Buffer, _encoding, done) {
        waiting += 1;
        expect(waiting).toBe(1);
        setImmediate(() => {
          written += chunk.toString();
          waiting -= 1;
          done();
        });
      },
    });
    await answerLines(asStream(['a\n', 'b\n', 'c\n']), slow, (line) => ({ text: line, failed: false }));
    expect(written).toBe('a\nb\nc\n');
  });
});
