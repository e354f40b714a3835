import { once } from 'node:events';
import type { Writable } from 'node:stream';

export interface LineAnswer {
  text: string;
  failed: boolean;
}

/**
 * Answers every line of the input with one line of output, in order, and returns how many had no answer.
 *
 * One write per chunk read: quick for a long file, and at once for someone who types.
 */
export async function answerLines(
  input: AsyncIterable<string>,
  output: Writable,
  answer: (line: string) => LineAnswer,
): Promise<number> {
  let failed = 0;
  for await (const lines of linesByChunk(input)) {
    const answers = lines.map(answer);
    failed += answers.filter((each) => each.failed).length;
    if (!output.write(answers.map(({ text }) => `${text}\n`).join(''))) await once(output, 'drain');
  }
  return failed;
}

/** Whole lines without their ends; the last one may lack a line feed. */
async function* linesByChunk(input: AsyncIterable<string>): AsyncGenerator<string[]> {
  let rest = '';
  for await (const chunk of input) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest];
}
