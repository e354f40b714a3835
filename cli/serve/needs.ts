import path from 'node:path';
import { loadDotEnv, readEnvironment, type Environment } from '../../config/environment.js';
import { keepLinkKeys, readLinkKeys } from '../../config/linkKeys.js';
import { createLinks, type Links } from '../../config/links.js';
import { createFeedLinks, type FeedLinks } from '../../config/feedLinks.js';
import { createPageLinks, type PageLinkOf } from '../../config/pageLinks.js';
import { messageFolders } from '../../config/messages/folder.js';
import { loadCalendar } from '../../config/loadCalendar.js';
import { ruleFiles } from '../../config/ruleFolders.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

/** The settings of this process, `.env` included. @throws EnvironmentError */
export function environmentOfProcess(): Environment {
  loadDotEnv();
  return readEnvironment(process.env);
}

/** Refuses to start with a calendar that cannot be used, instead of failing at the first plan. @throws CalendarFileError */
export async function requireCalendar(): Promise<void> {
  await loadCalendar();
}

/** Refuses to start where nobody could say which rules count. @throws SameIdError, RuleFolderError */
export async function requireRules(): Promise<void> {
  await ruleFiles('ruleSets');
  await ruleFiles('layers');
}

/**
 * Refuses to start with a folder of message templates that is not there, or with a template of which no mail could be made.
 *
 * @throws MessageFolderError, CommandFailure with every line
 */
export async function requireMessages(): Promise<void> {
  const folders = messageFolders();
  if (folders.length === 1) return;
  const { checkMessages, templateProblemText } = await import('../messages/check.js');
  const fatal = (await checkMessages(folders)).filter(({ isFatal }) => isFatal);
  if (fatal.length === 0) return;
  const words = `No mail could be made of some templates in ${folders[0]}; "leadtime messages check" says everything:`;
  throw new CommandFailure([words, ...fatal.map(templateProblemText)].join('\n'), WRONG_USE);
}

/** The register's database, for parts that run alone. @throws CommandFailure without one */
export function requireDatabase({ databaseUrl }: Environment, command: string): string {
  if (databaseUrl !== undefined) return databaseUrl;
  throw new CommandFailure(
    `"leadtime ${command}" shares its register with other processes and needs PostgreSQL: set DATABASE_URL, like postgres://user@host:5432/leadtime. The embedded register belongs to "leadtime up" alone.`,
    WRONG_USE,
  );
}

/** @throws CommandFailure without one */
export function requireOperatorToken({ operatorTokenFile }: Environment): string {
  if (operatorTokenFile !== undefined) return operatorTokenFile;
  throw new CommandFailure(
    '"leadtime api" needs the operators’ token: set LEADTIME_OPERATOR_TOKEN_FILE to the path of a file that holds one, made with "openssl rand -hex 32".',
    WRONG_USE,
  );
}

/** Where suppliers' secrets are kept; the file need not be there yet. */
export const webhookSecretsFileOf = ({ webhookSecretsFile, dataDir }: Environment): string =>
  webhookSecretsFile ?? path.join(dataDir, 'webhook-secrets.json');

/** The links in mails: how they are read, and how they are made. */
export interface PageLinking {
  links: Links;
  pageLinkOf: PageLinkOf;
  /** The calendars that can be subscribed to. */
  feedLinks: FeedLinks;
}

/** With the keys of the file that is set; else of one in the data folder, made where there is none. @throws LinkKeysError */
export async function pageLinkingOf(settings: Environment): Promise<PageLinking> {
  const { linkKeysFile, dataDir, publicUrl } = settings;
  const keysInDataDir = () => keepLinkKeys(path.join(dataDir, 'link-keys.json'));
  const keys = linkKeysFile === undefined ? await keysInDataDir() : readLinkKeys(linkKeysFile);
  const links = createLinks(keys);
  return { links, pageLinkOf: createPageLinks(links, publicUrl), feedLinks: createFeedLinks(keys, publicUrl) };
}
