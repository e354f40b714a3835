import { harmlessText } from '../../../rules/text/harmless.js';
import { withShortDays } from '../words.js';

/** Longer addresses are cut or refused by some mail programs. */
const MOST_CHARACTERS = 1_900;

const linkOf = (subject: string, lines: readonly string[]): string =>
  `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(lines.join('\r\n'))}`;

/**
 * A link that opens the reader's own mail program with a text: whom it goes to is theirs to say, and nothing is sent by us.
 *
 * @param lines the first is the subject; what does not fit is counted in the last line
 */
export function mailLink(lines: readonly string[]): string {
  const text = lines.map((line) => withShortDays(harmlessText(line)));
  const [subject = ''] = text;
  for (let fit = text.length; fit > 0; fit -= 1) {
    const left = text.length - fit;
    const shown = [...text.slice(0, fit), ...(left === 0 ? [] : ['', `${left} more lines are on the page.`])];
    const link = linkOf(subject, shown);
    if (link.length <= MOST_CHARACTERS) return link;
  }
  return linkOf(subject.slice(0, 100), []);
}
