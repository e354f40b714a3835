import { Command } from 'commander';
import { apiCommand, askApi, currentUser, step, type JsonOption } from '../apiCommand.js';

interface EndOptions extends JsonOption {
  by?: string;
}

/** `leadtime session`: who is signed in to the pages, and the end of that. */
export function sessionCommand(): Command {
  return new Command('session')
    .description('who is signed in to the operators’ pages')
    .addCommand(apiCommand('list', 'who is signed in').action(list))
    .addCommand(
      apiCommand('end', 'sign somebody out now')
        .argument('<id>')
        .option('--by <name>', 'who does it, for the audit trail; your user name unless given')
        .action(end),
    );
}

async function list(options: JsonOption): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.get('/sessions');
    const { sessionsView } = await import('../views.js');
    const { instant, table } = await import('../table.js');
    const rows = sessionsView
      .parse(answer)
      .sessions.map(({ sessionId, name, role, way, createdAtMs, seenAtMs, expiresAtMs }) => [
        sessionId,
        name,
        role,
        way,
        ...[createdAtMs, seenAtMs, expiresAtMs].map(instant),
      ]);
    const text = table(['Id', 'Name', 'Role', 'By', 'Since', 'Last seen', 'Ends'], rows);
    return { answer, text: rows.length === 0 ? 'Nobody is signed in.' : text };
  });
}

async function end(sessionId: string, { by, ...options }: EndOptions): Promise<void> {
  await askApi(options, async (api) => {
    const answer = await api.post(`/sessions/${step(sessionId)}/end`, { by: by ?? currentUser() });
    return { answer, text: `The session ${sessionId} has ended.` };
  });
}
