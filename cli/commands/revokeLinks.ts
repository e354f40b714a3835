import type { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';

interface RevokeOptions extends JsonOption {
  by: string;
}

/** `leadtime revoke-links ID ROLE`: every link to this person's page that has gone out so far opens nothing any more. */
export function revokeLinksCommand(): Command {
  return apiCommand(
    'revoke-links',
    'end every link to somebody’s page that has gone out so far; the next mail has a new one',
  )
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<role>', 'practiceManager, or PARTY.contact')
    .option('--by <name>', 'who says so', currentUser())
    .action((id: string, role: string, options: RevokeOptions) => revokeLinks(id, role, options));
}

async function revokeLinks(id: string, role: string, options: RevokeOptions): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/links/revoke`, { role, by: options.by });
    return { answer, text: `The links of ${role} open nothing any more. For a new one: leadtime link ${id} ${role}` };
  });
}
