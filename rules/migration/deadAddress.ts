/** Addresses at which mail was refused for good, or came back: nobody is written to there again. */
import type { Day } from '../calendar/day.js';
import type { Contact, Party } from '../order/schema.js';
import { behaves } from '../plan/behaviour.js';
import type { Addressee } from './messages.js';
import type { Directory, MigrationState } from './state.js';

interface Dead {
  to: Pick<Addressee, 'key' | 'email'>;
  /** What the mail was about. */
  milestoneId: string;
  on: Day;
}

type Deputy = NonNullable<Contact['deputy']>;

const deputyWithout = ({ email, ...deputy }: Deputy, dead: string): Deputy => ({
  ...deputy,
  ...(email !== undefined && email !== dead && { email }),
});

const contactWithout = ({ email, deputy, ...contact }: Contact, dead: string): Contact => ({
  ...contact,
  ...(email !== undefined && email !== dead && { email }),
  ...(deputy && { deputy: deputyWithout(deputy, dead) }),
});

const partyWithout = (party: Party, email: string): Party => ({
  ...party,
  ...(party.contact && { contact: contactWithout(party.contact, email) }),
  ...(party.accountManager && { accountManager: contactWithout(party.accountManager, email) }),
});

function directoryWithout(directory: Directory, email: string): Directory {
  const { leadClinician, ...contacts } = directory.contacts;
  return {
    ...directory,
    contacts: {
      practiceManager: contactWithout(contacts.practiceManager, email),
      csuOperator: contactWithout(contacts.csuOperator, email),
      csuManager: contactWithout(contacts.csuManager, email),
      ...(leadClinician && { leadClinician: contactWithout(leadClinician, email) }),
    },
    parties: directory.parties.map((party) => partyWithout(party, email)),
  };
}

/**
 * Takes an address out of the migration's contacts: whoever has a deputy is stood in for, a party without one is told by hand, and
 * else the CSU hears. The CSU's own mailbox is the last that is left, and stays. Until `amend-contact` gives another.
 */
export function withoutAddress(state: MigrationState, { to, milestoneId, on }: Dead): MigrationState {
  const { directory, plan, deadAddresses = [] } = state;
  if (!behaves(plan, 'dropsDeadAddresses') || to.email === directory.csu.mailbox) return state;
  return {
    ...state,
    directory: directoryWithout(directory, to.email),
    deadAddresses: [...deadAddresses, { key: to.key, on, milestoneId }],
  };
}

/** A contact has been amended: what is known of its address is no longer true. @param target as `amend-contact` takes it */
export function withAddressMended(state: MigrationState, target: string): MigrationState {
  const { deadAddresses, ...rest } = state;
  if (deadAddresses === undefined) return state;
  const left = deadAddresses.filter(({ key }) => key !== target && key !== `${target}.deputy`);
  return { ...rest, ...(left.length > 0 && { deadAddresses: left }) };
}
