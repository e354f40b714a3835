/** What a reader prints: their plan on one sheet of A4, and the poster of each site. */
import type { Day } from '../../rules/calendar/day.js';
import type { PageTask } from '../../rules/migration/page.js';
import { shortDay } from '../operatorPages/words.js';
import { patientNotice, posterPlace } from '../pack/noticeView.js';
import type { OpenPage } from './door.js';
import { notHere } from './problem.js';
import { renderPage } from './render.js';
import { pageView } from './view.js';

/** So many lines of each part fit on the sheet; the rest is on the page. */
const MOST = { open: 50, waiting: 12, coming: 5, settled: 6 };

interface Line {
  on: string;
  title: string;
  isLate: boolean;
}

interface Part {
  lines: Line[];
  /** How many there are that do not fit. */
  more: number;
}

const lasting = (from: Day, to: Day | undefined): string =>
  to === undefined || to === from ? shortDay(from) : `${shortDay(from)} to ${shortDay(to)}`;

/** A notice is to be confirmed when it comes: the day that it was due counts for its sender. */
function lineOf({ title, answer, dueOn, periodFrom, lateWorkingDays = 0 }: PageTask): Line {
  if (answer === 'acknowledged') return { title, on: 'Confirm it now', isLate: false };
  const on = periodFrom === undefined ? shortDay(dueOn) : lasting(periodFrom, dueOn);
  return { title, on, isLate: lateWorkingDays > 0 };
}

const settledLine = ({ title, settledOn }: PageTask): Line => ({ title, on: shortDay(settledOn), isLate: false });

const partOf = (tasks: readonly PageTask[], most: number, view: (task: PageTask) => Line): Part => ({
  lines: tasks.slice(0, most).map(view),
  more: Math.max(tasks.length - most, 0),
});

/** `/p/TOKEN/plan` */
export function planSheet(opened: OpenPage): string {
  const { tasks, settled } = opened.page;
  const own = tasks.filter(({ answer }) => answer !== 'arrived');
  const sheet = {
    open: partOf(
      own.filter(({ waitsFor }) => waitsFor === undefined),
      MOST.open,
      lineOf,
    ),
    waiting: partOf(
      own.filter(({ waitsFor }) => waitsFor !== undefined),
      MOST.waiting,
      lineOf,
    ),
    coming: partOf(
      tasks.filter(({ answer }) => answer === 'arrived'),
      MOST.coming,
      lineOf,
    ),
    settled: partOf(settled, MOST.settled, settledLine),
  };
  return renderPage('planSheet', { page: pageView(opened), sheet });
}

/** `/p/TOKEN/posters/SITE` @throws PageProblem 404 where the reader has no such site */
export function posterPage(opened: OpenPage, siteId: string): string {
  const { base, page } = opened;
  const { sites = [], told } = page.patients ?? {};
  const site = sites.find(({ id }) => id === siteId);
  if (site === undefined || told === undefined) throw notHere(base);
  const place = posterPlace(page.practiceName, site.name, sites.length);
  return renderPage('poster', { page: pageView(opened), place, notice: patientNotice(told) });
}
