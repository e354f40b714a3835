import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface AmendOptions extends JsonOption {
  name: string;
  email?: string;
  phone?: string;
  deputyName?: string;
  deputyEmail?: string;
  deputyPhone?: string;
  away?: string[];
  by: string;
}

/** `leadtime amend-contact ID WHO`: somebody else is to be written to from now on. */
export function amendContactCommand(): Command {
  return apiCommand('amend-contact', 'replace a contact of a running migration')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<who>', 'practiceManager, csuOperator, csuManager, leadClinician, PARTY.contact or PARTY.accountManager')
    .requiredOption('--name <name>', 'the person’s name')
    .option('--email <address>', 'email address')
    .option('--phone <number>', 'telephone number')
    .option('--deputy-name <name>', 'the deputy’s name')
    .option('--deputy-email <address>', 'the deputy’s email address')
    .option('--deputy-phone <number>', 'the deputy’s telephone number')
    .option(
      '--away <from/to...>',
      'first and last day away, like 2026-12-21/2027-01-04: the deputy is written to meanwhile',
    )
    .option('--by <name>', 'who says so', currentUser())
    .action((id: string, who: string, options: AmendOptions) => amendContact(id, who, options));
}

/** `2026-12-21/2027-01-04`: first and last day. What is none is refused by the API, which says why. */
const daysAway = (text: string): object => {
  const [from, to] = text.split('/');
  return given({ from, to });
};

function contactOf({ name, email, phone, deputyName, deputyEmail, deputyPhone, away }: AmendOptions): object {
  const deputy = given({ name: deputyName, email: deputyEmail, phone: deputyPhone });
  const rest = given({ email, phone, away: away?.map(daysAway) });
  return { name, ...rest, ...(Object.keys(deputy).length > 0 && { deputy }) };
}

async function amendContact(id: string, who: string, options: AmendOptions): Promise<void> {
  const body = { target: who, contact: contactOf(options), by: options.by };
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/contacts`, body);
    const { contactView } = await import('../views.js');
    return { answer, text: `${contactView.parse(answer).target} is now ${options.name}` };
  });
}
