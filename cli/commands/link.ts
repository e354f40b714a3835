import type { Command } from 'commander';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';

const PRIVACY = `
Whoever has the link can open the page and answer for this person: give it to nobody else. It works for 60 days, or until
"leadtime revoke-links".`;

/** `leadtime link ID ROLE`: a fresh link to somebody's page, as their mails carry it. */
export function linkCommand(): Command {
  return apiCommand('link', 'print a fresh link to the page of a practice, or of a party’s contact')
    .argument('<id>', 'a migration id, or a practice’s ODS code')
    .argument('<role>', 'practiceManager, or PARTY.contact')
    .addHelpText('after', PRIVACY)
    .action((id: string, role: string, options: JsonOption) => link(id, role, options));
}

async function link(id: string, role: string, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.post(`/migrations/${step(id)}/links`, { role });
    const { linkView } = await import('../views.js');
    const { formatDay } = await import('../../rules/calendar/day.js');
    const { url, until } = linkView.parse(answer);
    return { answer, text: `${url}\nIt works until ${formatDay(until)}.` };
  });
}
