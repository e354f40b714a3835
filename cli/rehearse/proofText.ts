import type { MigrationState } from '../../rules/migration/state.js';
import type { Fault } from '../../rules/rehearsal/faults.js';
import type { SilentRung, WhyNot } from '../../rules/rehearsal/fired.js';
import type { Proof } from '../../rules/rehearsal/prove.js';
import { headLines } from './traceText.js';

const reasons: Record<WhyNot, string> = {
  settledBefore: 'settled before the start',
  beforeStart: 'its instant lay before the start',
  overtaken: 'another rung of the same morning went out in its place',
  tooLate: 'what it waits for came after its day',
  notConfirmed: 'nobody has confirmed the date that it names',
  served: 'the formal mail went out, and nothing is late after it',
  done: 'it was done before',
  heldUp: 'an earlier step is open, and nobody is chased for the next one',
  over: 'its milestone went by before',
  unexplained: 'NO REASON FOUND',
};

/** Rungs by milestone, a line each: `    posters.main: late-1, late-3`. */
function byMilestone(rungs: readonly SilentRung[]): string[] {
  const lines = new Map<string, string[]>();
  for (const { milestoneId, rungId, because } of rungs) {
    const head = because === undefined ? milestoneId : `${milestoneId} (${because})`;
    lines.set(head, [...(lines.get(head) ?? []), rungId]);
  }
  return [...lines].map(([head, ids]) => `      ${head}: ${ids.join(', ')}`);
}

function silentLines(silent: readonly SilentRung[]): string[] {
  const whys = [...new Set(silent.map(({ why }) => why))];
  return whys.flatMap((why) => {
    const those = silent.filter((each) => each.why === why);
    return [`  ${String(those.length).padStart(5)}  ${reasons[why]}`, ...byMilestone(those)];
  });
}

const faultLine = ({ run, milestoneId, rungId, what }: Fault): string => `  ${milestoneId}/${rungId}: ${what} (${run})`;

function nobodyLines({ nobody }: Proof): string[] {
  const { fired, silent } = nobody;
  return [
    `Nobody does anything: ${fired} rungs go out, each once and at its instant; ${silent.length} do not:`,
    ...silentLines(silent),
  ];
}

function earlyLines({ early, faults }: Proof): string[] {
  const { formal, unavoidable } = early;
  const wrong = faults.filter(({ run }) => run === 'early').length;
  const count = wrong + unavoidable.length;
  return [
    `Everybody is early: ${formal} formal mails, and ${count === 0 ? 'no reminder and no escalation' : `${count} reminders and escalations`}.`,
    ...unavoidable.map(({ milestoneId, rungId, why }) => `      ${milestoneId}/${rungId}: not to be avoided, ${why}`),
  ];
}

function coverageLines({ coverage, late, total }: Proof): string[] {
  const { fired, excused, uncovered } = coverage;
  const groups = new Set(late.map(({ milestoneIds }) => milestoneIds.join()));
  return [
    `Each milestone late while everything else is done: ${late.length} rehearsals, ${groups.size} groups of milestones that do not wait for each other.`,
    `Coverage: ${fired}/${total} rungs go out in at least one rehearsal.`,
    ...(excused.length === 0 ? [] : [`${excused.length} cannot in this migration:`, ...silentLines(excused)]),
    ...(uncovered.length === 0 ? [] : [`${uncovered.length} never go out:`, ...silentLines(uncovered)]),
  ];
}

/** What has been proved of a plan, and what has not. */
export function proofText(start: MigrationState, proof: Proof): string {
  const { faults, outsideCalendar, proved } = proof;
  return [
    ...headLines(start, `${proof.total} rungs of ${start.plan.milestones.length} milestones`),
    '',
    ...nobodyLines(proof),
    '',
    ...earlyLines(proof),
    '',
    ...coverageLines(proof),
    ...(outsideCalendar.length === 0
      ? []
      : ['', 'Beyond the calendar:', ...outsideCalendar.map((each) => `  ${each}`)]),
    ...(faults.length === 0 ? [] : ['', 'Faults:', ...faults.map(faultLine)]),
    '',
    proved ? 'Proved.' : 'NOT proved.',
  ].join('\n');
}
