import { Command } from 'commander';
import { apiCommand, given, print, type JsonOption } from '../apiCommand.js';
import { ANSWER_IS_NO, CommandFailure, WRONG_USE } from '../failure.js';

interface SendOptions extends JsonOption {
  ods?: string;
  migration?: string;
  product?: string;
  date?: string;
  data?: string;
  id?: string;
  timestamp?: string;
  url?: string;
  secretFile?: string;
}

/** `leadtime webhook …`: for suppliers' developers, and for whoever gives them their secrets. */
export function webhookCommand(): Command {
  return new Command('webhook')
    .description('suppliers’ webhooks: secrets, and sending one as a supplier would')
    .addCommand(secretCommand())
    .addCommand(sendCommand());
}

function secretCommand(): Command {
  return apiCommand('secret', 'make a new secret for a supplier and print it once; the one before stays valid')
    .argument('<supplier>', 'the supplier’s id, as orders write it')
    .option('--file <path>', 'the file of secrets; LEADTIME_WEBHOOK_SECRETS_FILE unless given')
    .action((supplier: string, options: JsonOption & { file?: string }) => makeSecret(supplier, options));
}

function sendCommand(): Command {
  return apiCommand('send', 'sign an event and post it')
    .argument('<supplier>', 'the supplier’s id, as orders write it')
    .argument('<type>', 'form.sent, form.received, extract.scheduled, extract.delivered, …')
    .option('--ods <code>', 'the practice’s ODS code')
    .option('--migration <id>', 'one migration by its id')
    .option('--product <id>', 'the product that the extract is from')
    .option('--date <day>', 'the production day that it is for, YYYY-MM-DD')
    .option('--data <json>', 'anything else, as a JSON object')
    .option('--id <id>', 'the webhook-id; send the same one again to repeat an event')
    .option('--timestamp <time>', 'the webhook-timestamp, seconds since 1970; now unless given')
    .option('--url <address>', 'address of the API; the running one on this machine unless given')
    .option('--secret-file <path>', 'file with the secret; LEADTIME_WEBHOOK_SECRET, or this machine’s, unless given')
    .addHelpText('after', '\nExit code: 0 taken, 1 refused or not available (see the answer), 2 the request is wrong.')
    .action((supplier: string, type: string, options: SendOptions) => sendWebhook(supplier, type, options));
}

async function makeSecret(supplier: string, options: JsonOption & { file?: string }): Promise<void> {
  const { rotateWebhookSecret, WebhookSecretsError } = await import('../../config/webhookSecrets.js');
  const { webhookSecretsFile } = await import('../webhook/secrets.js');
  const file = options.file ?? (await webhookSecretsFile(process.env));
  try {
    const secret = await rotateWebhookSecret(file, supplier);
    process.stderr.write(`Kept in ${file}. Give it to the supplier over a safe way; it is not shown again.\n`);
    print({ answer: { supplierId: supplier, secret }, text: secret }, options);
  } catch (error) {
    if (error instanceof WebhookSecretsError) throw new CommandFailure(error.message, WRONG_USE);
    throw error;
  }
}

function dataOf(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandFailure(`--data is not JSON: ${text}`, WRONG_USE);
  }
}

function sentAt(timestamp: string | undefined): Date {
  if (timestamp === undefined) return new Date();
  if (/^\d{1,11}$/.test(timestamp)) return new Date(Number(timestamp) * 1_000);
  throw new CommandFailure(`--timestamp must be whole seconds since 1970, not "${timestamp}"`, WRONG_USE);
}

async function apiUrl(url: string | undefined): Promise<string> {
  const { findApi } = await import('../client.js');
  const found = url ?? (await findApi(process.env)).url;
  if (found !== undefined && URL.canParse(found)) return found;
  if (found !== undefined) throw new CommandFailure(`"${found}" is not an address like https://host:8080`, WRONG_USE);
  throw new CommandFailure('No running leadtime was found. Give --url, or start it with "npm start".', ANSWER_IS_NO);
}

async function sendWebhook(supplierId: string, type: string, options: SendOptions): Promise<void> {
  const { ods, migration, product, date } = options;
  const { postWebhook } = await import('../webhook/post.js');
  const { secretToSignWith } = await import('../webhook/secrets.js');
  const id = options.id ?? `msg_${crypto.randomUUID()}`;
  const { status, body } = await postWebhook({
    url: await apiUrl(options.url),
    supplierId,
    secret: await secretToSignWith(supplierId, options.secretFile, process.env),
    id,
    sentAt: sentAt(options.timestamp),
    body: { type, ...given({ odsCode: ods, migrationId: migration, product, date, data: dataOf(options.data) }) },
  });
  const answer = { webhookId: id, status, body };
  print({ answer, text: `${id}: ${status}\n${JSON.stringify(body, null, 2)}` }, options);
  if (status >= 200 && status < 300) return;
  const { ApiRefusal } = await import('../client.js');
  throw new ApiRefusal(status, body);
}
