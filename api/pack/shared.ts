/** What the plan and the agenda of a meeting both show: anchors, problems, assumed numbers. */
import type { PlannedOrder } from '../../config/planFromText.js';
import { describeLength } from '../../rules/calendar/wording.js';
import { anchorNames, anchorTitles } from '../../rules/order/anchorNames.js';
import type { Step } from '../../rules/plan/types.js';
import { dayOr } from './about.js';

export interface AnchorLine {
  title: string;
  day: string;
  status: string;
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

export function anchorLines({ plan }: PlannedOrder): AnchorLine[] {
  return anchorNames.map((name) => {
    const { on, status } = plan.anchors[name];
    return {
      title: capital(anchorTitles[name]),
      day: dayOr(on, 'not set yet'),
      status: status === 'absent' ? 'to be agreed' : status,
    };
  });
}

export interface ProblemLine {
  severity: string;
  what: string;
  where: string;
}

export function problemLines({ problems }: PlannedOrder): ProblemLine[] {
  return problems.map(({ severity, what, fix, line, field }) => ({
    severity,
    what: fix === '' ? what : `${what}; ${fix}`,
    where: field === '' ? '' : `line ${line}: ${field}`,
  }));
}

export interface AssumptionLine {
  what: string;
  length: string;
  usedFor: string;
  source: string;
}

/** A step of nothing is no number. */
const isToAgree = ({ assumed, amount }: Step): boolean => assumed && amount !== 0;

/** Each assumed number once, with what rests on it. */
export function assumptionLines({ plan }: PlannedOrder): AssumptionLine[] {
  const found = new Map<string, { step: Step; titles: Set<string> }>();
  for (const { steps, opens, title } of plan.milestones)
    for (const step of [...steps, ...(opens?.steps ?? [])].filter(isToAgree)) {
      const key = [step.why, step.amount, step.unit, step.source].join('|');
      const known = found.get(key) ?? { step, titles: new Set() };
      found.set(key, known);
      known.titles.add(title);
    }
  return [...found.values()].map(({ step, titles }) => ({
    what: step.why,
    length: describeLength(step),
    usedFor: usedFor([...titles]),
    source: step.source,
  }));
}

function usedFor(titles: readonly string[]): string {
  const [first = '', ...others] = titles;
  if (others.length === 0) return first;
  return `${first} and ${others.length} more`;
}
