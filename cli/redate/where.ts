/** Where to, as somebody writes it. */
import { movableAnchors } from '../../rules/migration/redate/redate.js';
import { shiftUnits } from '../../rules/migration/redate/shift.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

export interface WhereOptions {
  to: string[];
  shift?: string;
  keepDistance?: true;
  confirmed?: true;
  onlyThis?: true;
}

const wrong = (message: string): CommandFailure => new CommandFailure(message, WRONG_USE);

/** `goLive=2027-02-09`, or `goLive=2027-02-09?` for a day that is still to be confirmed. */
function moveOf(text: string, confirmed: true | undefined): Record<string, unknown> {
  const [, anchor = '', to, open] = /^(\w+)=(\d{4}-\d{2}-\d{2})(\?)?$/.exec(text) ?? [];
  if (to !== undefined && movableAnchors.some((name) => name === anchor))
    return { anchor, to, ...(open === undefined ? confirmed && { confirmed } : { confirmed: false }) };
  throw wrong(`--to ${text}: write ANCHOR=YYYY-MM-DD with one of ${movableAnchors.join(', ')}`);
}

function shiftOf(text: string): Record<string, unknown> {
  const [, amount, unit = ''] = /^([+-]?\d{1,4})(\w+)$/.exec(text) ?? [];
  if (amount !== undefined && shiftUnits.some((name) => name === unit)) return { amount: Number(amount), unit };
  throw wrong(`--shift ${text}: write an amount and a unit, like -5workingDays, 10days or 2weeks`);
}

/** What is sent to the API. @throws CommandFailure where it says not where to */
export function whereOf({ onlyThis, ...where }: WhereOptions): Record<string, unknown> {
  return { ...daysOf(where), ...(onlyThis && { onlyThis }) };
}

function daysOf({ to, shift, keepDistance, confirmed }: WhereOptions): Record<string, unknown> {
  if (shift !== undefined && to.length > 0) throw wrong('Say --to or --shift, not both.');
  if (shift !== undefined && keepDistance)
    throw wrong('--shift keeps every distance anyway: leave out --keep-distance.');
  if (shift !== undefined) return { shift: shiftOf(shift), ...(confirmed && { confirmed }) };
  if (to.length === 0) throw wrong('Say where to: --to ANCHOR=YYYY-MM-DD, or --shift -5workingDays.');
  const moves = to.map((text) => moveOf(text, confirmed));
  return { moves, ...(keepDistance && { keepDistance }) };
}
