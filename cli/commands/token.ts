import { Command, Option } from 'commander';
import { apiCommand, askApi, currentUser, given, step, type JsonOption } from '../apiCommand.js';

interface CreateOptions extends JsonOption {
  name: string;
  role: string;
  days?: string;
  by?: string;
}

interface RevokeOptions extends JsonOption {
  by?: string;
}

const BY = ['--by <name>', 'who does it, for the audit trail; your user name unless given'] as const;

/** `leadtime token`: tokens for scripts and people, with what they may do. */
export function tokenCommand(): Command {
  return new Command('token')
    .description('tokens for the API: for scripts and people, with what they may do')
    .addCommand(
      apiCommand('create', 'a new token, printed this once')
        .requiredOption('--name <name>', 'what it is for, or whose it is')
        .addOption(
          new Option('--role <role>', 'viewer looks, operator works on migrations, admin gives out tokens too')
            .choices(['viewer', 'operator', 'admin'])
            .makeOptionMandatory(),
        )
        .option('--days <number>', 'it ends after so many days; 90 unless given, at most 366')
        .option(...BY)
        .action(create),
    )
    .addCommand(apiCommand('list', 'tokens, without their secrets').action(list))
    .addCommand(
      apiCommand('revoke', 'end a token now')
        .argument('<id>')
        .option(...BY)
        .action(revoke),
    );
}

async function create({ name, role, days, by, ...options }: CreateOptions): Promise<void> {
  await askApi(options, async (api) => {
    const lasting = given({ days: days === undefined ? undefined : Number(days) });
    const answer = await api.post('/tokens', { name, role, by: by ?? currentUser(), ...lasting });
    const { createdTokenView } = await import('../views.js');
    return { answer, text: createdTokenView.parse(answer).token };
  });
}

async function list(options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get('/tokens');
    const { tokensView } = await import('../views.js');
    const { instant, table } = await import('../table.js');
    const rows = tokensView
      .parse(answer)
      .tokens.map(({ tokenId, name, role, createdBy, expiresAtMs, revokedAtMs }) => [
        tokenId,
        name,
        role,
        createdBy,
        revokedAtMs === undefined ? instant(expiresAtMs) : `revoked ${instant(revokedAtMs)}`,
      ]);
    const none = 'No tokens. Make one with "leadtime token create --name NAME --role ROLE".';
    return { answer, text: rows.length === 0 ? none : table(['Id', 'Name', 'Role', 'Made by', 'Ends'], rows) };
  });
}

async function revoke(tokenId: string, { by, ...options }: RevokeOptions): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.post(`/tokens/${step(tokenId)}/revoke`, { by: by ?? currentUser() });
    return { answer, text: `The token ${tokenId} is of no use any more.` };
  });
}
