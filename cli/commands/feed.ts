import { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';

interface LinkOptions extends JsonOption {
  operator?: string;
  by: string;
}

interface RevokeOptions extends JsonOption {
  operator: string;
  by: string;
}

const LINK_HELP = `
With --operator it is the calendar of all practices whose orders name this address as the CSU operator's; with ID and ROLE the
calendar that one reader also finds on their page. Whoever has the link can read the calendar, and nothing else.

It works until "leadtime feed revoke" or "leadtime revoke-links"; a migration leaves it six weeks after its end.

Examples:
  leadtime feed link --operator tom.ashdown@csu.example.nhs.uk
  leadtime feed link A12345 practiceManager`;

const BY = ['--by <name>', 'who asks, for the audit trail', currentUser()] as const;

/** `leadtime feed`: calendars that Outlook, Google Calendar and Apple Calendar subscribe to. */
export function feedCommand(): Command {
  return new Command('feed')
    .description('calendars to subscribe to: an operator’s with all their practices, or one reader’s')
    .addCommand(
      apiCommand('link', 'print the link to a calendar')
        .argument('[id]', 'a migration id, or a practice’s ODS code')
        .argument('[role]', 'practiceManager, or PARTY.contact')
        .option('--operator <email>', 'the operator’s address')
        .option(...BY)
        .addHelpText('after', LINK_HELP)
        .action(link),
    )
    .addCommand(
      apiCommand('revoke', 'end the link to an operator’s calendar; a reader’s ends with "leadtime revoke-links"')
        .requiredOption('--operator <email>', 'the operator’s address')
        .option(...BY)
        .action(revoke),
    );
}

async function link(id: string | undefined, role: string | undefined, options: LinkOptions): Promise<void> {
  const { operator, by } = options;
  const isOne = id !== undefined && role !== undefined;
  if (isOne === (operator !== undefined)) {
    const { CommandFailure, WRONG_USE } = await import('../failure.js');
    throw new CommandFailure(
      'Give either --operator EMAIL, or a migration and a role: see "leadtime feed link --help".',
      WRONG_USE,
    );
  }
  await askApi(options, async (api) => {
    const answer = isOne
      ? await api.post(`/migrations/${step(id)}/calendar-link`, { role })
      : await api.post('/calendar-feeds', { operator, by });
    const { feedView } = await import('../views.js');
    const { url, webcal, practices } = feedView.parse(answer);
    const holds =
      practices === undefined ? [] : [`It holds ${practices === 1 ? '1 practice' : `${practices} practices`} now.`];
    return { answer, text: [url, `To open it in a calendar program: ${webcal}`, ...holds].join('\n') };
  });
}

async function revoke(options: RevokeOptions): Promise<void> {
  const { operator, by } = options;
  await askApi(options, async (api) => {
    const answer = await api.post('/calendar-feeds/end', { operator, by });
    return {
      answer,
      text: 'The link to this calendar opens nothing any more. For a new one: leadtime feed link --operator EMAIL',
    };
  });
}
