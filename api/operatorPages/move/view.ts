/** What a move of days would do, for the page. */
import type { z } from 'zod';
import { anchorTitles } from '../../../rules/order/anchorNames.js';
import type { redatePreviewAnswer } from '../../answers/redate.js';
import { instanceLine } from '../../redate/instanceWords.js';
import { hrefOf } from '../migration/frame.js';
import { messageWords } from '../recordWords.js';
import { instantWords, shortDay } from '../words.js';

type Preview = z.infer<typeof redatePreviewAnswer>;
type Again = Preview['servedAgain'][number];

const dayOr = (day: string | undefined, otherwise = 'No day'): string => shortDay(day) || otherwise;

const workingDays = (count: number): string => `${count} working ${count === 1 ? 'day' : 'days'}`;

function againView({ migrationId }: Preview, { milestoneId, title, partyName, holderName, ...again }: Again): object {
  const { doneFor, dueOn, shortWorkingDays, waitsForConfirmation } = again;
  return {
    milestoneId,
    title,
    who: partyName ?? holderName,
    href: `${hrefOf(migrationId)}/milestones/${encodeURIComponent(milestoneId)}`,
    was: doneFor === undefined ? '' : `for ${shortDay(doneFor)}`,
    due: dayOr(dueOn),
    short: shortWorkingDays === undefined ? '' : `${workingDays(shortWorkingDays)} too late`,
    waits: waitsForConfirmation,
  };
}

const problemView = ({ severity, message }: Preview['problems']['all'][number]): object => ({ severity, message });

/** @param preview from the API; nothing has been touched */
export function previewView(preview: Preview): object {
  const { anchors, moves, servedAgain, doneAgain, staysDone, problems, mails, earliest } = preview;
  const { version, needsAcceptance, refused, adopts } = preview;
  const titles = new Map([...moves, ...servedAgain, ...doneAgain].map((each) => [each.milestoneId, each.title]));
  const titleOf = (id: string): string => titles.get(id) ?? id;
  const known = new Set(problems.added.map(({ message }) => message));
  return {
    version,
    needsAcceptance,
    refused,
    adopts,
    asOf: shortDay(preview.asOf),
    anchors: anchors.map(({ title, before, after }) => ({
      title,
      before: `${dayOr(before.on)}, ${before.status}`,
      after: `${dayOr(after.on)}, ${after.status}`,
    })),
    moves: moves.map(({ milestoneId, title, holderName, from, to }) => ({
      milestoneId,
      title,
      holderName,
      before: dayOr(from),
      after: dayOr(to),
    })),
    servedAgain: servedAgain.map((each) => againView(preview, each)),
    doneAgain: doneAgain.map((each) => againView(preview, each)),
    staysDone: staysDone.map(({ title, settledOn }) => ({ title, on: shortDay(settledOn) })),
    added: problems.added.map(problemView),
    others: problems.all
      .filter(({ severity, message }) => severity !== 'warning' && !known.has(message))
      .map(problemView),
    gone: problems.gone.map(problemView),
    instance: preview.instance
      ? { id: preview.instance.id, lines: preview.instance.practices.map(instanceLine) }
      : null,
    mailsAt: instantWords(mails.atMs),
    mails: mails.messages.map(({ kind, to, milestoneIds }) => ({
      kind: messageWords(kind),
      to,
      about: milestoneIds.map(titleOf).join(', '),
    })),
    earliest: earliest.map(({ anchor, day }) => ({
      title: anchorTitles[anchor],
      day: dayOr(day, 'no day that the calendar knows'),
    })),
  };
}
