/** What is sent to plan a running migration anew, and how it is read. */
import { z } from 'zod';
import { daySchema } from '../../rules/calendar/daySchema.js';
import { readYaml } from '../../rules/files/readYaml.js';
import { movableAnchors } from '../../rules/migration/redate/redate.js';
import { shiftUnits } from '../../rules/migration/redate/shift.js';
import { orderSchema } from '../../rules/order/schema.js';
import { freeText, textLine } from '../plainJson.js';
import { ApiProblem, badRequest } from '../problem.js';
import type { Days, Where } from '../redate/redate.js';
import { startBody } from './requests.js';

export const moveSchema = z.strictObject({
  anchor: z.enum(movableAnchors),
  to: daySchema,
  confirmed: z
    .boolean()
    .exactOptional()
    .describe(
      'Everybody has agreed to the day already. Left out: a new day is provisional, and one that stays is as it was.',
    ),
});

export const daysBody = z.strictObject({
  moves: z.array(moveSchema).min(1).max(movableAnchors.length).exactOptional(),
  keepDistance: z
    .boolean()
    .exactOptional()
    .describe('With moves: later days that are not named move by as many working days.'),
  shift: z
    .strictObject({ amount: z.int().min(-1_000).max(1_000), unit: z.enum(shiftUnits) })
    .exactOptional()
    .describe('Instead of moves: every day that is still to come moves by so much.'),
  confirmed: z.boolean().exactOptional().describe('With shift: everybody has agreed to the new days already.'),
});

export const redateBody = daysBody.extend({
  onlyThis: z
    .boolean()
    .exactOptional()
    .describe('Where practices share an instance: this one alone moves. Else all of them do, or none.'),
});

export const orderBody = startBody.pick({ fileName: true, text: true });

export const adoptBody = z.strictObject({
  what: z
    .enum(['all', 'rules', 'calendar'])
    .default('all')
    .describe('What is to be adopted of what is in use; refused where there is more to adopt than is named.'),
});

/** What a commit says beside. */
export const saidBody = {
  by: freeText().describe('Who says so: a name, as the audit trail shows it.'),
  reason: freeText(500).describe('Why, in one line.'),
  version: textLine(1_000).describe('From the preview: refused with 409 where the migration has changed since.'),
  acceptRisks: z.boolean().default(false).describe('`by` takes on the risks that the preview names.'),
};

/** @throws ApiProblem 400 where it is not one of the two ways */
export function daysOf({ moves, keepDistance, shift, confirmed }: z.infer<typeof daysBody>): Days {
  const wrong = (pointer: string, detail: string) => badRequest('This says not where to.', [{ pointer, detail }]);
  if (moves !== undefined && shift !== undefined) throw wrong('/shift', 'cannot be sent together with moves');
  if (shift !== undefined && keepDistance !== undefined)
    throw wrong('/keepDistance', 'is for moves: a shift keeps every distance');
  if (shift !== undefined) return { shift, ...(confirmed !== undefined && { confirmed }) };
  if (moves === undefined) throw wrong('/moves', 'must be there, or shift in its place');
  if (confirmed !== undefined) throw wrong('/confirmed', 'is for a shift: say it of each move');
  return { moves, ...(keepDistance !== undefined && { keepDistance }) };
}

/** @throws ApiProblem 400 with every problem of the text, at its line */
export function orderOfText({ fileName, text }: z.infer<typeof orderBody>): Where {
  const reading = readYaml(text, fileName, orderSchema);
  if (reading.ok) return { order: reading.value };
  const nothing = { detail: 'Nothing was changed.', errors: reading.problems };
  throw new ApiProblem({ code: 'order-unreadable', status: 400, title: 'The order is not valid', ...nothing });
}
