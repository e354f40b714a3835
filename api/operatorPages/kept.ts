/** A form that could not be taken: what was typed is shown and kept, and one button sends it again. */
import type { Typed } from '../pages/fields.js';
import type { SignedIn } from '../signIn/sessions.js';
import { operatorHtml } from './shell.js';

/**
 * signedOut: the session has ended. signedInAgain: the form is of an earlier one. away: nobody answers at the moment.
 * overtaken: something has happened meanwhile, so that it cannot be taken any more; `text` says what, and `back` leads there.
 */
export type WhyKept =
  | { why: 'signedOut' }
  | { why: 'signedInAgain'; signedIn: SignedIn }
  | { why: 'away'; signedIn: SignedIn }
  | { why: 'overtaken'; signedIn: SignedIn; text: string; back: string };

interface SentForm {
  url: string;
  /** Without its token. */
  typed: Typed;
}

/** Of no interest to whoever typed the rest. */
const HIDDEN_FIELDS = ['request', 'version'];

const HEADINGS: Readonly<Record<WhyKept['why'], string>> = {
  signedOut: 'You have been signed out',
  signedInAgain: 'Nothing has been recorded yet',
  away: 'Nothing has been recorded yet',
  overtaken: 'This has not been recorded',
};

const fieldTitle = (name: string): string => {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

export function keptHtml({ url, typed }: SentForm, reason: WhyKept): string {
  const fields = Object.entries(typed).map(([name, value]) => ({ name, value, title: fieldTitle(name) }));
  const shown = fields.filter(({ name, value }) => value !== '' && !HIDDEN_FIELDS.includes(name));
  const frame = reason.why === 'signedOut' ? {} : { signedIn: reason.signedIn };
  const told = reason.why === 'overtaken' ? { text: reason.text, back: reason.back } : {};
  return operatorHtml(
    'kept',
    frame,
    { why: reason.why, heading: HEADINGS[reason.why], ...told },
    { url, fields, shown },
  );
}
