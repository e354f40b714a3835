/** Re-planning the migrations of all practices in England, in one process of its own. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { MismatchError, type Row } from './report.js';

const GOAL_MS = 1_000;
const GOAL_MEGABYTES = 300;

const answerSchema = z.object({
  ms: z.number(),
  peakMegabytes: z.number(),
  milestones: z.number(),
  isRight: z.boolean(),
});

/** @throws MismatchError where a practice's days are not those of its own plan */
export function measurePortfolio(practices: number): Row[] {
  const file = fileURLToPath(new URL('./portfolio.process.js', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, String(practices)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`re-planning ${practices} practices failed: ${stderr}`);
  const { ms, peakMegabytes, milestones, isRight } = answerSchema.parse(JSON.parse(stdout));
  if (!isRight) throw new MismatchError('a practice was planned on other days among many than alone');
  const what = `re-plan of ${practices.toLocaleString('en-GB')} practices, ${milestones.toLocaleString('en-GB')} milestones`;
  const time = { ours: `${(ms / 1000).toFixed(2)} s`, goal: '< 1 s', isMet: ms < GOAL_MS };
  const memory = { ours: `${peakMegabytes.toFixed(0)} MB`, goal: '< 300 MB', isMet: peakMegabytes < GOAL_MEGABYTES };
  return [
    { what, rival: '-', ...time },
    { what: 'its memory, at its highest', rival: '-', ...memory },
  ];
}
