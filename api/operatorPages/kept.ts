/** A form that could not be taken: what was typed is shown and kept, and one button sends it again. */
import type { Typed } from '../pages/fields.js';
import type { SignedIn } from '../signIn/sessions.js';
import { operatorHtml } from './shell.js';

/** signedOut: the session has ended. signedInAgain: the form is of an earlier one. away: nobody answers at the moment. */
export type WhyKept =
  { why: 'signedOut' } | { why: 'signedInAgain'; signedIn: SignedIn } | { why: 'away'; signedIn: SignedIn };

interface SentForm {
  url: string;
  /** Without its token. */
  typed: Typed;
}

/** Of no interest to whoever typed the rest. */
const HIDDEN_FIELD = 'request';

const fieldTitle = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export function keptHtml({ url, typed }: SentForm, reason: WhyKept): string {
  const fields = Object.entries(typed).map(([name, value]) => ({ name, value, title: fieldTitle(name) }));
  const shown = fields.filter(({ name, value }) => value !== '' && name !== HIDDEN_FIELD);
  const frame = reason.why === 'signedOut' ? {} : { signedIn: reason.signedIn };
  return operatorHtml('kept', frame, { why: reason.why }, { url, fields, shown });
}
