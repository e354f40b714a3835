/** One migration: its plan, the messages that it sent, its audit trail. */
import { historyAnswer } from '../../answers/system.js';
import { messagesAnswer } from '../../answers/migrations.js';
import type { Desk } from '../desk.js';
import { operatorHtml } from '../shell.js';
import type { Visit } from '../visit.js';
import { instantWords, ratingTitles, withShortDays } from '../words.js';
import { liveMigration } from '../live/view.js';
import { counterViews } from './counters.js';
import { hrefOf, migrationView } from './frame.js';
import { handshakeViews, noticeViews } from './handshakes.js';
import { milestoneView } from './milestones.js';
import { pictureOf } from './picture.js';
import { partyNames, readMigration } from './read.js';
import { auditWords, detailWords, messageWords, roleWords } from '../recordWords.js';

const FRAME = { section: 'portfolio' } as const;

/** After something was changed. */
const SAID: Readonly<Record<string, string>> = {
  amend: 'The order has been changed, and everybody whom it concerns is told.',
  adopt: 'What is in use now counts for this migration, too.',
  hold: 'It is on hold: nothing is sent until it goes on.',
  cancel: 'It is called off: notices are withdrawn, and everybody whom it concerns is told.',
  yes: 'The days have been moved, and everybody whom it concerns is told.',
  there: 'The days are as you asked for: nothing was moved now.',
};

export async function migrationPage({ desk, params, query, signedIn }: Visit): Promise<string> {
  const read = await readMigration(desk, params.id);
  const { migration, standing } = read;
  const view = {
    rehearsal: migration.rehearsal,
    live: liveMigration(migration),
    said: SAID[query['said'] ?? query['moved'] ?? ''] ?? '',
    migration: migrationView(migration, 'plan'),
    rating: (standing && ratingTitles[standing.rating]) ?? null,
    reason: withShortDays(standing?.reason ?? ''),
    temporalPage: read.temporalPage ?? null,
    isAway: read.timeline.size === 0,
    picture: pictureOf(read) ?? null,
    handshakes: handshakeViews(read),
    notices: noticeViews(read),
    counters: counterViews(read),
    milestones: read.milestones.map((milestone) => milestoneView(read, milestone)),
  };
  return operatorHtml('migration', { signedIn, ...FRAME }, view);
}

/** The practice's name and the way back, for the pages beneath. */
async function frameOf(desk: Desk, id: string, section: 'messages' | 'history') {
  const read = await readMigration(desk, id);
  const { migration } = read;
  const frame = { rehearsal: migration.rehearsal, migration: migrationView(migration, section) };
  return { frame, read, id: migration.migrationId };
}

const OUTCOMES = { sent: 'Sent', undeliverable: 'Could not be delivered' };

export async function messagesPage({ desk, params, signedIn }: Visit): Promise<string> {
  const { id, frame, read } = await frameOf(desk, params.id, 'messages');
  const titles = new Map(read.milestones.map(({ milestoneId, title }) => [milestoneId, title]));
  const nameOf = partyNames(read);
  const { messages } = await desk.get(`/migrations/${encodeURIComponent(id)}/messages`, messagesAnswer);
  const rows = messages.toReversed().map(({ kind, toKey, outcome, mayHaveRepeated, sentAtMs, milestoneIds }) => ({
    kind: messageWords(kind),
    to: roleWords(toKey, nameOf),
    at: instantWords(sentAtMs),
    outcome: OUTCOMES[outcome],
    mayHaveRepeated,
    about: milestoneIds.map((milestoneId) => ({
      title: titles.get(milestoneId) ?? milestoneId,
      href: `${hrefOf(id)}/milestones/${encodeURIComponent(milestoneId)}`,
    })),
  }));
  return operatorHtml('messages', { signedIn, ...FRAME }, { ...frame, rows });
}

export async function historyPage({ desk, params, signedIn }: Visit): Promise<string> {
  const { id, frame } = await frameOf(desk, params.id, 'history');
  const { audit } = await desk.get(`/migrations/${encodeURIComponent(id)}/history`, historyAnswer);
  const rows = audit.toReversed().map(({ seq, atMs, actor, type, data }) => ({
    seq,
    actor,
    what: auditWords(type),
    at: instantWords(atMs),
    details: Object.entries(data).map(detailWords),
  }));
  return operatorHtml('history', { signedIn, ...FRAME }, { ...frame, rows });
}
