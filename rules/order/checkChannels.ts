import type { Problem } from '../plan/types.js';
import { error, type Path } from './problem.js';
import type { Contact, Order, Party } from './schema.js';

/** A contact's own address, or the deputy's where the contact has none. */
export function emailOf(contact: Contact | undefined): string | undefined {
  return contact?.email ?? contact?.deputy?.email;
}

/** Every party has what its channel needs, so that it can be told something at all. */
export function checkChannels({ parties }: Order): Problem[] {
  return parties.flatMap((party, index) => {
    const lack = lackOf(party);
    if (lack === undefined) return [];
    const message = `${party.name} is told things by ${party.channel}, but ${lack.message}`;
    return [error('channel-incomplete', ['parties', index, ...lack.path], message)];
  });
}

interface Lack {
  path: Path;
  message: string;
}

function lackOf({ channel, address, contact }: Party): Lack | undefined {
  const contactPath = contact === undefined ? [] : ['contact'];
  switch (channel) {
    case 'email':
      return emailOf(contact) === undefined
        ? { path: contactPath, message: 'has no email address; add contact.email' }
        : undefined;
    case 'phone':
      return (contact?.phone ?? contact?.deputy?.phone) === undefined
        ? { path: contactPath, message: 'has no telephone number; add contact.phone' }
        : undefined;
    case 'webhook':
      return webhookLack(address);
    case 'portal':
      return address === undefined ? { path: [], message: 'no web address is given; add address' } : undefined;
    case 'post':
      return address === undefined ? { path: [], message: 'no postal address is given; add address' } : undefined;
    default: {
      const unknown: never = channel;
      return unknown;
    }
  }
}

function webhookLack(address: string | undefined): Lack | undefined {
  if (address === undefined) return { path: [], message: 'no address is given; add address, starting with https://' };
  if (URL.canParse(address) && new URL(address).protocol === 'https:') return undefined;
  return { path: ['address'], message: `"${address}" is not an https address; it must start with https://` };
}
