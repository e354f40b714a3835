/** Messages to try templates with: every kind, as it is usually and at its edges. None is about anybody. */
import type { PageLink } from '../../config/pageLinks.js';
import type {
  Addressee,
  MessageAbout,
  MessageItem,
  MessageKind,
  OutboundMessage,
} from '../../rules/migration/messages.js';

export interface Sample {
  /** What is special about it: `usual`, `provisional dates`. */
  name: string;
  message: OutboundMessage;
  link?: PageLink;
}

const SENT_ON = '2026-11-20';

const csu = { name: 'Weald Commissioning Support', mailbox: 'migrations@wealdcsu.example', phone: '01632 960200' };

const about: MessageAbout = {
  migrationId: 'Z98001-20261020-k3v9qa',
  odsCode: 'Z98001',
  practiceName: 'Millbrook Lane Surgery',
  rehearsal: false,
  csu,
  sourceSupplierName: 'Alder Clinical Systems',
  targetSupplierName: 'Rowan Health Software',
  initialDataProduction: '2027-01-07',
  finalDataProduction: '2027-01-28',
  goLive: '2027-02-02',
  provisional: [],
  dateVersion: 1,
};

const item: MessageItem = {
  milestoneId: 'clean-up-records',
  rungId: 'week-before',
  title: 'Clean up duplicate records',
  action: 'Merge duplicate records and empty every inbox.',
  dueOn: '2026-11-27',
  provisional: false,
  holderName: 'Millbrook Lane Surgery',
  source: 'guide/03:24-37',
};

const hop: MessageItem = {
  ...item,
  milestoneId: 'extract.initial.alder.core.1.asked',
  title: 'Ask Alder Clinical Systems for its data extract request form (Alder GP record, Initial)',
  action: 'Ask Alder Clinical Systems for its data extract request form.',
  holderName: csu.name,
  partyName: 'Alder Clinical Systems',
};

const practice: Addressee = {
  key: 'practiceManager',
  role: 'practiceManager',
  name: 'Priya Nayar',
  email: 'priya.nayar@millbrooklane.example',
};
const operator: Addressee = {
  key: 'csuOperator',
  role: 'csuOperator',
  name: 'Tom Ashdown',
  email: 'tom.ashdown@wealdcsu.example',
};
const party: Addressee = {
  key: 'alder.contact',
  role: 'partyContact',
  name: 'Alder extracts desk',
  email: 'extracts@alder.example',
};

const reach = { channel: 'phone', phone: '020 7946 0101', contactName: 'Alder extracts desk' } as const;
const counts = [
  {
    counterId: 'inbox',
    title: 'Items in inboxes',
    value: 40,
    on: '2026-11-19',
    before: { value: 38, on: '2026-11-12' },
    direction: 'rising' as const,
  },
];

/** To whom each kind goes as a rule, and what its items have that others do not. */
const usual: Record<MessageKind, { to: Addressee; item: MessageItem }> = {
  request: { to: party, item: hop },
  authorisation: {
    to: practice,
    item: { ...item, milestoneId: 'authorise-extracts', title: 'Let the CSU ask for your data extracts' },
  },
  letter: { to: practice, item: { ...hop, reach } },
  notice: { to: party, item: { ...item, milestoneId: 'notify.eps', title: 'Give notice of the change of system' } },
  contact: { to: party, item: { ...item, milestoneId: 'contact-day.eps', action: 'The change of system begins.' } },
  withdrawal: { to: party, item: hop },
  chase: { to: party, item: { ...hop, holderName: 'Alder Clinical Systems' } },
  reminder: { to: practice, item },
  onTheDay: { to: practice, item: { ...item, dueOn: SENT_ON } },
  digest: { to: practice, item },
  dateMoved: { to: practice, item: { ...item, movedFrom: '2026-11-25', calendarSequence: 1 } },
  allClear: { to: operator, item: { ...item, news: 'It is done: Priya Nayar, on Friday 20 November 2026.' } },
  escalation: { to: operator, item: { ...item, dueOn: '2026-11-18', lateWorkingDays: 2 } },
  mismatch: { to: operator, item: { ...hop, statedDate: '2027-01-08' } },
  callTask: { to: operator, item: { ...hop, reach } },
  undeliverable: { to: operator, item: hop },
  cancelled: { to: practice, item },
  countsNotFalling: { to: practice, item: { ...item, counts } },
  help: { to: operator, item: { ...item, news: 'Priya Nayar asks: "Which inbox is meant?"' } },
};

const message = (kind: MessageKind, change: Partial<OutboundMessage> = {}): OutboundMessage => ({
  key: `${kind}/sample`,
  kind,
  channel: 'email',
  to: usual[kind].to,
  cc: [],
  about,
  items: [usual[kind].item],
  settles: [],
  sentOn: SENT_ON,
  ...change,
});

/** Opens nothing. */
export const sampleLink: PageLink = { url: 'https://leadtime.example/p/sample', until: '2027-01-19' };

/** Short, so that a subject holds it whole. */
export const HOSTILE = '<script>"&{{x}}</script>';

/** The usual message of a kind, as a preview shows it. */
export const usualSample = (kind: MessageKind): Sample => ({
  name: 'usual',
  message: message(kind),
  ...(usual[kind].to.role.startsWith('csu') ? {} : { link: sampleLink }),
});

/** One kind at its edges. */
export function samplesOf(kind: MessageKind): Sample[] {
  const { item: own, to } = usual[kind];
  const { dueOn: _, ...undated } = own;
  const { initialDataProduction: _1, finalDataProduction: _2, goLive: _3, ...withoutDays } = about;
  const with_ = (name: string, change: Partial<OutboundMessage>): Sample => ({ name, message: message(kind, change) });
  return [
    usualSample(kind),
    with_('to the CSU', { to: operator }),
    with_('provisional dates', {
      about: { ...about, provisional: ['initialDataProduction', 'finalDataProduction', 'goLive'] },
      items: [{ ...own, provisional: true }],
    }),
    with_('no date yet', { about: withoutDays, items: [undated] }),
    with_('due tomorrow', { items: [{ ...own, dueOn: '2026-11-21' }] }),
    with_('late', { items: [{ ...own, dueOn: '2026-11-18', lateWorkingDays: 2, shouldHaveGoneOn: '2026-11-18' }] }),
    with_('a period', { items: [{ ...own, periodFrom: '2026-11-23' }] }),
    with_('many items', {
      items: Array.from({ length: 12 }, (__, index) => ({ ...own, milestoneId: `${own.milestoneId}-${index}` })),
    }),
    with_('advice, counts and mails without an answer', {
      items: [{ ...own, counts, advice: ['Doses come over as text.'], chasedOn: ['2026-11-02', '2026-11-09'], reach }],
    }),
    with_('somebody who stands in', { to: { ...to, insteadOf: { name: 'Priya Nayar', until: '2026-12-04' } } }),
    with_('long names', { about: { ...about, practiceName: 'The Very Long Name of a Surgery '.repeat(6).trim() } }),
    with_('hostile words', { items: [{ ...own, title: HOSTILE, action: HOSTILE, holderName: HOSTILE }] }),
    with_('a rehearsal', { about: { ...about, rehearsal: true } }),
  ];
}
