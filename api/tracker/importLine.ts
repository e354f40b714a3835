/** One line of a tracker, checked as any order is. */
import type { Document } from 'yaml';
import { planFromOrderText, type OrderReading, type PlanWith } from '../../config/planFromText.js';
import type { TrackerColumns } from '../../config/tracker/columnsSchema.js';
import { cellsOf, type Filling, type Origin } from '../../config/tracker/filling.js';
import type { TrackerLine } from '../../config/tracker/header.js';
import { orderOfLine } from '../../config/tracker/orderOfLine.js';
import { takenAsDone, type DoneEntry } from '../../config/tracker/takenAsDone.js';
import type { Day } from '../../rules/calendar/day.js';
import type { FileProblem } from '../../rules/files/problem.js';
import { TAKEN_BY } from '../../rules/turnarounds/learn.js';
import type { Tracker } from './readTracker.js';

export interface LineRules {
  /** An order of which a line says the rest. */
  template: Document;
  columns: TrackerColumns;
  /** The day from which "already passed" is judged. */
  asOf: Day;
  /** What the tracker does not follow and was due before this day is taken as done; absent: nothing is. */
  doneBefore?: Day;
  planWith?: PlanWith;
}

/** One practice's order, as text. */
export interface ImportedOrder {
  /** Its ODS code. */
  practice: string;
  /** Of the tracker. */
  line: number;
  text: string;
  /** Milestones that were taken as done, because the tracker does not follow them. */
  takenAsDone: string[];
  /** What its plan warns of: it can start all the same. */
  warnings: number;
}

export interface LineResult {
  /** Of the tracker. */
  line: number;
  /** The code that it has, right or not; undefined where it has none. */
  practice?: string;
  order?: ImportedOrder;
  /** At the line's own cells. */
  problems: FileProblem[];
  /** Of fields that no column fills. */
  ofTemplate: FileProblem[];
}

/** What is settled in one round may be what something else waited for. */
const MOST_ROUNDS = 4;

const asText = (order: Document): string => order.toString({ lineWidth: 150 });

const isPart = (part: string, whole: string): boolean =>
  part === whole || part.startsWith(`${whole}.`) || part.startsWith(`${whole}[`);

/** The column that a field of the order came from, or the nearest around or in it. */
function headerOf(origins: readonly Origin[], field: string): string | undefined {
  const around = origins.filter((origin) => {
    return isPart(origin.field, field) || (!origin.alone && isPart(field, origin.field));
  });
  return around.toSorted((a, b) => b.field.length - a.field.length)[0]?.header;
}

interface Planned {
  reading: OrderReading;
  taken: DoneEntry[];
}

async function planned({ order, followed, file }: Filling, rules: LineRules): Promise<Planned> {
  const plan = (): Promise<OrderReading> => planFromOrderText(asText(order), file.by, rules.asOf, rules.planWith);
  const taken: DoneEntry[] = [];
  for (let round = 1; ; round += 1) {
    const reading = await plan();
    if (rules.doneBefore === undefined || !reading.ok || round === MOST_ROUNDS) return { reading, taken };
    const { milestones } = reading.plan;
    const more = takenAsDone({ order: reading.order, milestones, followed, before: rules.doneBefore, by: TAKEN_BY });
    if (more.length === 0) return { reading, taken };
    taken.push(...more);
    order.setIn(['alreadyDone'], order.createNode([...reading.order.alreadyDone, ...more]));
  }
}

/** Fills the template with a line's cells, and checks what has come of it. */
export async function importLine(
  tracker: Tracker,
  { line, cells }: TrackerLine,
  rules: LineRules,
): Promise<LineResult> {
  const { file, placeOf } = tracker;
  const filling = orderOfLine(rules.template, rules.columns, cellsOf(cells, placeOf, rules.columns));
  const unread = new Set(filling.problems.map(({ header }) => header));
  const { reading, taken } = await planned(filling, rules);
  const found = (reading.ok ? reading.refusals : reading.problems).map((problem) => {
    return { problem, header: headerOf(filling.origins, problem.field) };
  });
  const at = (header: string) => ({ file, line, column: (placeOf(header) ?? 0) + 1, field: header });
  const code = filling.order.getIn(['practice', 'odsCode']);
  const named = { line, ...(typeof code === 'string' && { practice: code.toUpperCase() }) };
  const problems = [
    ...filling.problems.map(({ header, what, fix }) => ({ ...at(header), what, fix })),
    // What follows from a cell that cannot be read is no fault of its own.
    ...found.flatMap(({ problem: { what, fix }, header }) =>
      header === undefined || unread.has(header) ? [] : [{ ...at(header), what, fix }],
    ),
  ];
  const ofTemplate = found.flatMap(({ problem, header }) => (header === undefined ? [problem] : []));
  if (!reading.ok || problems.length + ofTemplate.length > 0) return { ...named, problems, ofTemplate };
  const takenIds = taken.map(({ milestone }) => milestone);
  const practice = reading.order.practice.odsCode;
  const warnings = reading.problems.length;
  return {
    ...named,
    order: { practice, line, text: asText(filling.order), takenAsDone: takenIds, warnings },
    problems,
    ofTemplate,
  };
}
