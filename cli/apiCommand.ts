import { userInfo } from 'node:os';
import { Command } from 'commander';
import type { ApiClient } from './client.js';

export interface JsonOption {
  json?: true;
}

/** What the API answered, and how it reads for a person. */
export interface Reply {
  answer: unknown;
  text: string;
}

/** A command that goes through the API, with `--json`. */
export const apiCommand = (name: string, description: string): Command =>
  new Command(name).description(description).option('--json', 'print the API’s answer as JSON');

/** Prints data on standard output: as JSON, or as text. */
export const print = ({ answer, text }: Reply, { json }: JsonOption): void =>
  void process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : text}\n`);

/** Asks the API and prints the answer; with `--json` also one that says no, as the problem that it is. */
export async function askApi(options: JsonOption, ask: (api: ApiClient) => Promise<Reply>): Promise<void> {
  const { ApiRefusal, connectApi } = await import('./client.js');
  try {
    print(await ask(await connectApi()), options);
  } catch (error) {
    if (error instanceof ApiRefusal && options.json) print({ answer: error.body, text: '' }, options);
    throw error;
  }
}

/** One step of an address, whatever characters it has. */
export const step = (text: string): string => encodeURIComponent(text);

/** Who acts, for the audit trail, when nobody says otherwise: the name that this person is logged in with. */
export const currentUser = (): string => userInfo().username;

/** Without the options that were not given. */
export const given = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
