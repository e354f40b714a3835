/** What can be done to many practices by a list: how its page asks, and which rows its lines become. */
import { importAnswer } from '../../answers/orders.js';
import { BadCsv } from '../../bulk/csv.js';
import { adoptRows, cancelRows, doneRows, redateRows, type CsvText } from '../../bulk/csvRows.js';
import type { Typed } from '../../pages/fields.js';
import type { Desk } from '../desk.js';
import { requestIdOf } from '../orders/order.js';

interface Choice {
  value: string;
  text: string;
}

/** A field of the form beside the list. */
export type Extra =
  | { as: 'input'; name: string; label: string; hint?: string; width?: number }
  | { as: 'text'; name: string; label: string; hint?: string }
  | { as: 'checkbox'; name: string; label: string; hint?: string }
  | { as: 'radios'; name: string; label: string; choices: readonly Choice[] };

export interface ListKind {
  /** Last step of its address. */
  path: string;
  title: string;
  /** What the list says, and that looking changes nothing. */
  intro: string;
  /** Lines. */
  sample: readonly string[];
  hint: string;
  /** Of the button that does it. */
  doIt: (practices: number) => string;
  /** 12 of 14 "would move". */
  would: string;
  extras: readonly Extra[];
  /** A link that fills the list in. */
  fill?: string;
  /** The body of the request, without who asks. @throws BadCsv with every fault; Refused where the API looks at the list */
  bodyOf: (csv: CsvText, typed: Typed, desk: Desk) => object | Promise<object>;
}

const saidReason = ({ reason = '' }: Typed): { reason?: string } =>
  reason.trim() === '' ? {} : { reason: reason.trim() };
const accepted = ({ accept }: Typed): { acceptRisks?: true } => (accept === 'yes' ? { acceptRisks: true } : {});

const PLAIN_HINT = 'Commas, semicolons or tabs; at most 10,000 lines';
const ASKED_FIRST = 'Every migration is asked first what would happen; nothing is changed by that.';

const REASON = { as: 'input', name: 'reason', hint: 'For lines that say none themselves' } as const;
const ACCEPT: Extra = {
  as: 'checkbox',
  name: 'accept',
  label: 'I take on the risks of the new days, by name',
  hint: 'Else a practice with risks fails, and its line says which',
};

const move: ListKind = {
  path: 'move',
  title: 'Move days by a list',
  would: 'would move',
  doIt: (count) => `Move the days of ${String(count)}`,
  intro: `One line for each day that moves, under a line that names the columns. ${ASKED_FIRST}`,
  sample: ['practice,anchor,date,reason', 'A12345,initialDataProduction,2027-02-18,No slot in January'],
  hint: `Anchors: kickOff, technicalSurvey, initialDataProduction, finalDataProduction, goLive. ${PLAIN_HINT}`,
  extras: [
    { ...REASON, label: 'Why the days move' },
    { as: 'checkbox', name: 'keep', label: 'Take later days along, by as many working days' },
    {
      as: 'checkbox',
      name: 'confirmed',
      label: 'Everybody has agreed to the new days already',
      hint: 'Else they are provisional until somebody confirms them',
    },
    ACCEPT,
  ],
  bodyOf: (csv, typed) => ({
    redate: redateRows(csv, {
      ...saidReason(typed),
      ...(typed['confirmed'] === 'yes' && { confirmed: true }),
      ...(typed['keep'] === 'yes' && { keepDistance: true }),
      ...accepted(typed),
    }),
  }),
};

const done: ListKind = {
  path: 'done',
  title: 'Record as done by a list',
  would: 'would be recorded',
  doIt: (count) => `Record ${String(count)} as done`,
  intro: `One line for each thing that is done, under a line that names the columns. ${ASKED_FIRST}`,
  sample: [
    'practice,milestone,date,reference',
    'A12345,posters.main,2026-11-20,Photograph seen',
    'B23456,third-party-compatibility,,',
  ],
  hint: `The milestone’s id is on its page. Without a date it was done today; forDate, outcome and signedBy can be columns as well. ${PLAIN_HINT}`,
  extras: [],
  bodyOf: (csv) => ({ done: doneRows(csv) }),
};

const cancel: ListKind = {
  path: 'cancel',
  title: 'Call migrations off by a list',
  would: 'would be called off',
  doIt: (count) => `Call ${String(count)} off`,
  intro: `One line for each practice whose migration is off. Every notice that was given is withdrawn, and the practice is told, once each. ${ASKED_FIRST}`,
  sample: ['practice,reason', 'A12345,The practices merge first'],
  hint: PLAIN_HINT,
  extras: [{ ...REASON, label: 'Why they are off' }],
  bodyOf: (csv, typed) => ({ cancel: cancelRows(csv, saidReason(typed)) }),
};

const ADOPTED = ['all', 'rules', 'calendar'] as const;

const adopt: ListKind = {
  path: 'adopt',
  title: 'Adopt rules and bank holidays by a list',
  would: 'would adopt',
  doIt: (count) => `Have ${String(count)} adopt it`,
  intro: `Running migrations keep the rules and the bank holidays that they were planned with, until they adopt what is in use now. ${ASKED_FIRST}`,
  sample: ['practice,reason', 'A12345,The added bank holiday in May'],
  hint: PLAIN_HINT,
  fill: 'Fill in every running practice',
  extras: [
    {
      as: 'radios',
      name: 'what',
      label: 'What they adopt',
      choices: [
        { value: 'all', text: 'The rules and the bank holidays' },
        { value: 'rules', text: 'The rules alone' },
        { value: 'calendar', text: 'The bank holidays alone' },
      ],
    },
    { ...REASON, label: 'Why they adopt it' },
    ACCEPT,
  ],
  bodyOf: (csv, typed) => {
    const what = ADOPTED.find((each) => each === typed['what']) ?? 'all';
    return { adopt: adoptRows(csv, { what, ...saidReason(typed), ...accepted(typed) }) };
  },
};

const given = (name: string, text = ''): object => (text.trim() === '' ? {} : { [name]: text.trim() });

/** Each line of a tracker as an order; the API names what is wrong with any of them. */
async function startBody({ text, file }: CsvText, typed: Typed, desk: Desk): Promise<object> {
  const { template = '', 'as-of': asOf } = typed;
  if (template.trim() === '') {
    const what = 'there is no template: an order without what the lines say';
    throw new BadCsv([{ file: 'template', line: 1, column: 1, field: '', what, fix: 'see docs/import.md' }]);
  }
  const body = { tracker: text, template, ...given('asOf', asOf), ...given('doneBefore', typed['done-before']) };
  const { orders, problems } = await desk.post('/orders/import', { body, requestId: requestIdOf(typed) }, importAnswer);
  if (problems.length > 0) throw new BadCsv(problems.map((problem) => ({ ...problem, file: fileOf(problem, file) })));
  const start = orders.map(({ practice, line, text: order }) => ({
    line,
    fileName: `${practice}.yaml`,
    text: order,
    ...given('asOf', asOf),
  }));
  return { start };
}

const fileOf = (problem: { file: string }, list: string): string => (problem.file === 'tracker' ? list : problem.file);

const start: ListKind = {
  path: 'start',
  title: 'Start migrations from a tracker',
  would: 'would start',
  doIt: (count) => `Start ${String(count)}`,
  intro:
    'One line for each practice, as in the tracker that you have, with what is done already: nothing is mailed for that. Every order is planned first; nothing starts by that.',
  sample: ['ODS code,Practice,Initial data production,…', 'A12345,Riverside Surgery,18/02/2027,…'],
  hint: 'The columns of config/tracker/columns.yaml; see docs/import.md. Commas, semicolons or tabs; at most 500 lines',
  extras: [
    {
      as: 'text',
      name: 'template',
      label: 'The template (YAML): an order without what the lines say',
      hint: 'Your own contacts, the ICB, the decisions, and every supplier and third party that any line names; like examples/tracker/template.yaml',
    },
    {
      as: 'input',
      name: 'as-of',
      label: 'Judge what has passed as of',
      width: 10,
      hint: 'Like 2026-11-23; today unless given',
    },
    {
      as: 'input',
      name: 'done-before',
      label: 'Take as done what was due before',
      width: 10,
      hint: 'What no column follows is still to be done unless you say so',
    },
  ],
  bodyOf: startBody,
};

export const listKinds: readonly ListKind[] = [move, done, start, adopt, cancel];
