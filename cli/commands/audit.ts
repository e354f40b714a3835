import { Command } from 'commander';
import { ANSWER_IS_NO } from '../failure.js';
import { apiCommand, askApi, step, type JsonOption } from '../apiCommand.js';
import type { ApiClient } from '../client.js';

/** `leadtime audit verify [ID]`: whether the audit trail is as it was written. */
export function auditCommand(): Command {
  const verify = apiCommand('verify', 'check that no record of the audit trail was changed or removed')
    .argument('[id]', 'one migration, or "system" for sign-ins and refusals; every chain unless given')
    .action((id: string | undefined, options: JsonOption) => verifyAudit(id, options));
  return new Command('audit').description('the audit trail').addCommand(verify);
}

async function verifyAudit(id: string | undefined, options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await verdicts(api, id);
    const { auditVerdictView } = await import('../views.js');
    const checked = answer.map((each) => auditVerdictView.parse(each));
    const { verdictText } = await import('../auditText.js');
    if (checked.some(({ ok }) => !ok)) process.exitCode = ANSWER_IS_NO;
    return { answer: { chains: answer }, text: verdictText(checked) };
  });
}

/** One chain after the other: a long trail is read whole. */
async function verdicts(api: ApiClient, id: string | undefined): Promise<unknown[]> {
  const { chainsView } = await import('../views.js');
  const chains = id === undefined ? chainsView.parse(await api.get('/audit')).chains : [id];
  const answers: unknown[] = [];
  for (const chain of chains) answers.push(await api.get(`/audit/${step(chain)}/verdict`));
  return answers;
}
