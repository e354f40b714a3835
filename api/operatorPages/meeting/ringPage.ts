/** Whom an operator rings this morning. */
import type { z } from 'zod';
import { ringListAnswer } from '../../answers/meeting.js';
import { ringListLines } from '../../meetingText.js';
import { hrefOf } from '../migration/frame.js';
import { operatorHtml } from '../shell.js';
import { mailLink } from './mailLink.js';
import type { Visit } from '../visit.js';
import { shortDay } from '../words.js';

type Answer = z.infer<typeof ringListAnswer>;
type Call = Answer['calls'][number];
type Item = Call['items'][number];

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;

function stateWords({ dueOn, lateWorkingDays, chases, isCallTask }: Item): string {
  const late = lateWorkingDays === undefined ? '' : `${counted(lateWorkingDays, 'working day')} late`;
  const written = chases === 0 ? '' : `written to ${chases === 1 ? 'once' : `${chases} times`}`;
  const byHand = isCallTask ? 'to be told by hand' : '';
  const due = dueOn === undefined ? '' : `due ${shortDay(dueOn)}`;
  return [due, late, written, byHand].filter((text) => text !== '').join(', ');
}

const itemView = (item: Item): object => ({
  title: item.title,
  practice: `${item.practiceName} (${item.odsCode})`,
  href: `${hrefOf(item.migrationId)}/milestones/${encodeURIComponent(item.milestoneId)}`,
  state: stateWords(item),
});

/** `tel:` with what a telephone dials, where the number can be dialled. */
const dialled = (phone: string): string | null => {
  const digits = phone.replace(/(?!^\+)\D/g, '');
  return /^\+?\d{3,15}$/.test(digits) ? `tel:${digits}` : null;
};

function callView({ whom, whomName, person, isCritical, script, items }: Call): object {
  return {
    isCritical,
    script,
    isOurs: whom === 'csu',
    whomName,
    person: person === undefined ? null : personView(person),
    items: items.map(itemView),
  };
}

const personView = ({ name, phone = '', email = '', insteadOf }: NonNullable<Call['person']>): object => ({
  name,
  phone,
  email,
  telHref: dialled(phone),
  insteadOf: insteadOf === undefined ? '' : `${insteadOf.name}, who is away until ${shortDay(insteadOf.until)}`,
});

/** `/operator/ring-list`: one's own; `?owner=NAME` that of another, `?owner=` that of everybody. */
export async function ringPage({ desk, query, signedIn }: Visit): Promise<string> {
  const owner = (query['owner'] ?? signedIn.name).trim();
  const wanted = owner === '' ? '' : `?${new URLSearchParams({ owner }).toString()}`;
  const answer = await desk.get(`/ring-list${wanted}`, ringListAnswer);
  const calls = answer.calls.map(callView);
  const view = {
    owner,
    calls,
    takenOn: answer.takenOn,
    more: answer.more,
    unasked: answer.unasked.length,
    today: shortDay(answer.today),
    mailHref: mailLink(ringListLines(answer)),
  };
  return operatorHtml('ringList', { signedIn, section: 'ringList' }, view);
}
