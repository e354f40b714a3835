/** The form for one practice's order: its fields are columns of a tracker, so that what is typed is read and checked as a line of one. */
import { stringify } from 'csv-stringify/sync';
import type { Typed } from '../../pages/fields.js';

export interface FormField {
  /** Of the column; faults name it. */
  header: string;
  label: string;
  hint?: string;
  /** Of a day that the browser helps with. */
  isDay?: true;
  isShort?: true;
}

export const formFields: readonly FormField[] = [
  { header: 'ODS code', label: 'ODS code', hint: 'Like A12345', isShort: true },
  { header: 'Practice', label: 'Name of the practice' },
  { header: 'Practice manager', label: 'Practice manager' },
  { header: 'Practice manager email', label: 'Email of the practice manager' },
  { header: 'Practice manager phone', label: 'Telephone of the practice manager' },
  { header: 'From', label: 'Present supplier', hint: 'Its id or name, as in the template' },
  { header: 'To', label: 'New supplier', hint: 'Its id or name, as in the template' },
  {
    header: 'Third parties',
    label: 'Third parties',
    hint: 'Ids or names with semicolons; those of the template that you leave out are not there',
  },
  { header: 'Dispensing', label: 'Does it dispense?', hint: 'yes or no', isShort: true },
  { header: 'Ordered on', label: 'Ordered on', isDay: true },
  { header: 'Kick-off', label: 'Kick-off', isDay: true },
  { header: 'Technical survey', label: 'Technical survey', isDay: true },
  { header: 'Initial data production', label: 'Initial data production day', isDay: true },
  { header: 'Final data production', label: 'Final data production day', isDay: true },
  { header: 'Go Live', label: 'Go Live day', isDay: true },
];

/** `Go Live` as `go-live`. */
export const fieldName = (header: string): string => header.toLowerCase().replaceAll(/[^a-z]+/g, '-');

const cellOf = (typed: Typed, { header }: FormField): string =>
  (typed[fieldName(header)] ?? '').replace(/\s+/g, ' ').trim();

/** What was typed, as a tracker of one line. A field that is empty is a column that is not there, unless every tracker has it. */
export const trackerOf = (typed: Typed): string =>
  stringify([formFields.map(({ header }) => header), formFields.map((field) => cellOf(typed, field))]);
