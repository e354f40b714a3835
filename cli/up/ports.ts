import { createServer } from 'node:net';
import { portHolder } from './portHolder.js';
import type { ProcessIdentity } from './processes.js';

const LONGEST_COMMAND = 80;

/** A port that has to be free, and the option that chooses another. */
export interface WantedPort {
  host: string;
  port: number;
  option: string;
}

/** A wanted port that cannot be had. `holder`: who listens there, where the system tells. */
export interface TakenPort extends WantedPort {
  holder?: ProcessIdentity;
  /** The system's code where it is no other listener: EACCES below 1024. */
  code: string;
}

/** Those of the ports on which we could not listen now. */
export async function takenPorts(wanted: readonly WantedPort[]): Promise<TakenPort[]> {
  const answers = await Promise.all(wanted.map(async (port) => ({ ...port, code: await whyNot(port) })));
  return answers.flatMap(({ code, ...port }) => {
    if (code === undefined) return [];
    const holder = portHolder(port.port);
    return [{ ...port, code, ...(holder && { holder }) }];
  });
}

function whyNot({ host, port }: WantedPort): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** One sentence for a person. */
export function takenPortText({ host, port, option, holder, code }: TakenPort): string {
  const another = `choose another with ${option}`;
  if (code === 'EACCES') return `port ${port} may not be used by this user; ${another}`;
  if (code !== 'EADDRINUSE') return `port ${port} of ${host} cannot be used (${code}); ${another}`;
  if (holder === undefined) return `port ${port} is taken by a process that the system does not name; ${another}`;
  return `port ${port} is taken by pid ${holder.pid} (${shortened(holder.commandLine)}); end it or ${another}`;
}

const shortened = (text: string): string =>
  text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND - 1)}…` : text;
