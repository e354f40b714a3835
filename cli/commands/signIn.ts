import { Option, type Command } from 'commander';
import { apiCommand, askApi, currentUser, type JsonOption } from '../apiCommand.js';

interface SignInOptions extends JsonOption {
  name?: string;
  role: string;
  by?: string;
}

const PRIVACY = `
Whoever opens the link first is signed in: give it to nobody else. It works once, and for a quarter of an hour. Where people sign
in at an organisation's provider (LEADTIME_OIDC_ISSUER), no link is made.`;

/** `leadtime sign-in`: a link that signs somebody in to the pages, once. */
export function signInCommand(): Command {
  return apiCommand('sign-in', 'print a link that signs you in to the operators’ pages, once')
    .option('--name <name>', 'whom it signs in, as the audit trail shows it; your user name unless given')
    .addOption(
      new Option('--role <role>', 'viewer looks, operator works on migrations, admin does everything')
        .choices(['viewer', 'operator', 'admin'])
        .default('admin'),
    )
    .option('--by <name>', 'who makes it, for the audit trail; your user name unless given')
    .addHelpText('after', PRIVACY)
    .action(signIn);
}

async function signIn({ name, role, by, ...options }: SignInOptions): Promise<void> {
  await askApi(options, async (api) => {
    const me = currentUser();
    const answer = await api.post('/sign-in-links', { name: name ?? me, role, by: by ?? me });
    const { signInLinkView } = await import('../views.js');
    const { instant } = await import('../table.js');
    const { url, expiresAtMs } = signInLinkView.parse(answer);
    return { answer, text: `${url}\nIt works once, until ${instant(expiresAtMs)}.` };
  });
}
