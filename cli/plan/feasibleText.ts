import type { PlannedOrder } from '../../config/planFromText.js';
import { describeLength } from '../../rules/calendar/wording.js';
import { anchorTitles } from '../../rules/order/anchorNames.js';
import type { ChainLink, CriticalChain } from '../../rules/plan/criticalChain.js';
import { judgeFeasibility, type Feasibility, type PassedStart } from '../../rules/plan/feasibility.js';
import type { FeasibleDay } from '../../rules/plan/feasibleDays.js';
import type { HolderId } from '../../rules/plan/types.js';
import { shortDay } from './shortDay.js';

/** Judges a plan as of its own day. The calendar knows that day, or the order would have been refused. */
export function feasibilityOf({ plan, order, ruleSet, asOf }: PlannedOrder): Feasibility | undefined {
  const { milestones, workingTime } = plan;
  return judgeFeasibility({ order, ruleSet, milestones, workingTime, asOf });
}

/** The section "Feasibility" for people: what has passed, the critical chain of each anchor, the earliest days that work. */
export function feasibleLines(planned: PlannedOrder): string[] {
  const answer = feasibilityOf(planned);
  if (answer === undefined) return [];
  return [
    '',
    `Feasibility, as of ${shortDay(answer.asOf)}`,
    ...passedLines(answer),
    ...answer.chains.flatMap((chain) => chainLines(chain, planned)),
    '',
    '  Earliest days that work together, with what is done already:',
    ...answer.earliest.map((each) => earliestLine(each, planned)),
    ...answer.assumptions.map((text) => `  Note: ${text}.`),
  ];
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const workingDays = (amount: number): string => describeLength({ amount, unit: 'workingDays' });

function passedLines({ holds, passed }: Feasibility): string[] {
  if (holds) return ['  Everything that is open can still be started in time.'];
  const count = passed.length === 1 ? '1 latest start has' : `${passed.length} latest starts have`;
  return [`  ${count} passed:`, ...passed.map(passedLine)];
}

function passedLine({ title, milestoneId, latestStart, lateWorkingDays }: PassedStart): string {
  return `    ${shortDay(latestStart)}, ${workingDays(lateWorkingDays)} ago: ${title} (${milestoneId})`;
}

function chainLines(chain: CriticalChain, planned: PlannedOrder): string[] {
  const { anchor, anchorDay, own } = chain;
  const head = `Critical chain of the ${anchorTitles[anchor]}, ${shortDay(anchorDay)}`;
  return [
    '',
    `  ${head}: ${slackText(chain, planned)}`,
    ...stepLines(chain, planned),
    ...(own === undefined
      ? []
      : [
          `  By what hangs on the ${anchorTitles[anchor]} itself: ${slackText(own, planned)}`,
          ...stepLines(own, planned),
        ]),
  ];
}

/** The steps of an anchor that the chain leads over have been told with that anchor, which comes first. */
function stepLines(chain: CriticalChain, planned: PlannedOrder): string[] {
  const { over, links, title, milestoneId, holder, latestStart, next } = chain;
  const [nearest] = over;
  const told = (nearest === undefined ? links : links.slice(0, 1)).map((link) => linkLine(link, planned));
  return [
    ...told,
    ...(nearest === undefined ? [] : [`    and on as told for the ${anchorTitles[nearest]}`]),
    `    so by ${shortDay(latestStart)}: ${title} (${milestoneId}; ${nameOf(holder, planned)})`,
    next === undefined
      ? '    nothing else that is open counts back from it'
      : `    next tightest, ${moreText(next.moreWorkingDays)}: ${next.title}, ${shortDay(next.latestStart)} (${next.milestoneId})`,
  ];
}

function slackText({ latestStart, slackWorkingDays: slack }: CriticalChain, { asOf }: PlannedOrder): string {
  return latestStart < asOf ? `late by ${workingDays(slack)} (slack ${slack})` : `slack ${workingDays(slack)}`;
}

const moreText = (more: number): string => (more === 0 ? 'just as tight' : `${workingDays(more)} more slack`);

function linkLine(link: ChainLink, planned: PlannedOrder): string {
  const { from, to, what, holder, layer, assumed } = link;
  const notes = [nameOf(holder, planned), layer, ...(assumed ? ['assumed'] : [])];
  return `    ${shortDay(from)} back to ${shortDay(to)}, ${describeLength(link)}: ${what} [${notes.join('; ')}]`;
}

function nameOf(holder: HolderId, { directory }: PlannedOrder): string {
  if (holder === 'csu') return 'CSU';
  return directory.parties.find(({ id }) => id === holder)?.name ?? holder;
}

function earliestLine({ anchor, day, planned, laterWorkingDays, ...why }: FeasibleDay, order: PlannedOrder): string {
  const name = capital(anchorTitles[anchor]);
  const reason = reasonText(why, order);
  if (day === undefined) return `    ${name}: none that the calendar knows (${reason})`;
  const move = planned === undefined ? '' : `, ${moveText(laterWorkingDays)} the planned ${shortDay(planned)}`;
  return `    Earliest feasible ${anchorTitles[anchor]}: ${shortDay(day)}${move} (${reason})`;
}

function moveText(later: number | undefined): string {
  if (later === undefined) return 'instead of';
  return later === 0 ? 'no working day from' : `${workingDays(later)} ${later < 0 ? 'before' : 'after'}`;
}

function reasonText(
  { because, milestoneId, distance }: Pick<FeasibleDay, 'because' | 'milestoneId' | 'distance'>,
  { plan }: PlannedOrder,
): string {
  if (because === 'asOf') return 'nothing open counts back from it';
  if (distance !== undefined) {
    const { days, from, source, assumed } = distance;
    const length = describeLength({ amount: days, unit: 'days' });
    return `${length} after the ${anchorTitles[from]}: ${source}${assumed ? ', assumed' : ''}`;
  }
  const title = plan.milestones.find(({ id }) => id === milestoneId)?.title ?? milestoneId;
  return because === 'noticeGiven' ? `notice given: ${title}` : `for ${title}`;
}
