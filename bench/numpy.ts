/** Shifts by working days: against numpy's vectorised `busday_offset`, which runs in a process of its own. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { z } from 'zod';
import { projectFolder } from '../config/project.js';
import type { WorkingDayCalendar } from '../rules/calendar/workingDays.js';
import { mustAgree, type Row } from './report.js';
import { randomShifts, shiftAll, type Shifts } from './shifts.js';
import { medianMs } from './timing.js';

const ROUNDS = 7;
const what = 'one shift of many, array in and array out';
const goal = '≥ 1×';

const answerSchema = z.object({ version: z.string(), medianMs: z.number() });

interface NumpyAnswer extends z.infer<typeof answerSchema> {
  reached: Int32Array[];
}

/** Why numpy cannot be asked. */
class NumpyAbsentError extends Error {
  override readonly name = 'NumpyAbsentError';
}

/**
 * Compares the days reached, then the time for one shift. Without numpy on the machine the row says so.
 *
 * @param interpreter of Python 3, with numpy
 * @throws MismatchError
 */
export function measureAgainstNumpy(
  calendar: WorkingDayCalendar,
  holidays: readonly string[],
  count: number,
  interpreter: string,
): Row {
  const both = [randomShifts(calendar, count, 1), randomShifts(calendar, count, -1)];
  try {
    const numpy = askNumpy(interpreter, holidays, both);
    numpy.reached.forEach((days, index) => {
      const shifts = both[index];
      if (shifts !== undefined) mustAgree('shifts by numpy', shiftAll(calendar, shifts), days);
    });
    const [ours = 0] = medianMs([() => both.map((shifts) => shiftAll(calendar, shifts))], ROUNDS);
    return rowOf(ours, numpy, count);
  } catch (error) {
    if (!(error instanceof NumpyAbsentError)) throw error;
    return { what, ours: '-', rival: `skipped: ${error.message}`, goal };
  }
}

function rowOf(oursMs: number, { version, medianMs: theirsMs }: NumpyAnswer, count: number): Row {
  const perShift = (ms: number): string => `${((ms * 1e6) / (2 * count)).toFixed(1)} ns`;
  const ratio = theirsMs / oursMs;
  return {
    what,
    ours: perShift(oursMs),
    rival: `${perShift(theirsMs)} (numpy ${version})`,
    ratio,
    goal,
    isMet: ratio >= 1,
  };
}

function askNumpy(interpreter: string, holidays: readonly string[], both: readonly Shifts[]): NumpyAnswer {
  const count = both[0]?.days.length ?? 0;
  const head = Buffer.from(`${JSON.stringify({ holidays, count, rounds: ROUNDS })}\n`);
  const arrays = both.flatMap(({ days, amounts }) => [bytesOf(days), bytesOf(amounts)]);
  const { status, error, stdout, stderr } = spawnSync(
    interpreter,
    [path.join(projectFolder, 'bench/busdayOffset.py')],
    { input: Buffer.concat([head, ...arrays]), maxBuffer: 1 << 30 },
  );
  if (isMissing(error)) throw new NumpyAbsentError(`no "${interpreter}" on this machine; name one in BENCH_PYTHON`);
  // An interpreter without numpy ends before it has read everything: that is an error too, and stderr says why.
  if (status !== 0) throw new NumpyAbsentError(whyNot(interpreter, stderr.toString() || (error?.message ?? '')));
  return readAnswer(stdout, count);
}

const isMissing = (error: Error | undefined): boolean =>
  error !== undefined && 'code' in error && error.code === 'ENOENT';

function whyNot(interpreter: string, stderr: string): string {
  if (stderr.includes('ModuleNotFoundError')) return `"${interpreter}" has no numpy; name one that has in BENCH_PYTHON`;
  return `"${interpreter}" ended with: ${stderr.trim().split('\n').at(-1) ?? ''}`;
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

function readAnswer(stdout: Buffer, count: number): NumpyAnswer {
  const end = stdout.indexOf('\n');
  const answer = answerSchema.parse(JSON.parse(stdout.subarray(0, end).toString()));
  const body = new Uint8Array(stdout.subarray(end + 1));
  const reached = [0, 1].map((place) => new Int32Array(body.buffer, 4 * count * place, count));
  return { ...answer, reached };
}
