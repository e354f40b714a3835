import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/** The ports after the one of Temporal's frontend that its services use among themselves. */
const TEMPORAL_INNER_PORTS = 7;

const PORTS = {
  'api-port': { default: '8080', help: 'operators’ API and suppliers’ webhooks' },
  'temporal-port': { default: '7233', help: `Temporal; the next ${TEMPORAL_INNER_PORTS} ports are its own` },
  'postgres-port': { default: '5432', help: 'PostgreSQL' },
  'smtp-port': { default: '1025', help: 'the mail catcher, where LEADTIME_SMTP_URL is not set' },
  'mail-port': { default: '1080', help: 'the mail catcher’s page' },
};

const USAGE = [
  'Usage: npm run production -- [options]',
  '',
  'Runs PostgreSQL, Temporal, mail catcher, worker and API on this machine, on 127.0.0.1 alone, until Ctrl-C.',
  '',
  `  --data-dir FOLDER      databases, secrets and logs (${defaultDataDir()})`,
  ...Object.entries(PORTS).map(([name, port]) => `  ${`--${name} PORT`.padEnd(22)} ${port.help} (${port.default})`),
].join('\n');

/** PostgreSQL does not run as root, and its own user cannot look into root's home. */
function defaultDataDir() {
  if (process.getuid?.() === 0) return '/var/lib/leadtime';
  const base = process.env.XDG_DATA_HOME;
  const share = base && path.isAbsolute(base) ? base : path.join(homedir(), '.local', 'share');
  return path.join(share, 'leadtime-production');
}

/** The options of `npm run production`. Ends the process with a plain sentence where they are wrong. */
export function readSettings(args) {
  try {
    const options = Object.fromEntries(Object.entries(PORTS).map(([name, port]) => [name, asOption(port.default)]));
    const { values } = parseArgs({
      args,
      options: { ...options, 'data-dir': asOption(defaultDataDir()), help: { type: 'boolean', default: false } },
    });
    if (values.help) usageAndExit(console.log, 0);
    return settingsOf(values);
  } catch (error) {
    return usageAndExit((text) => console.error(`${error.message}\n\n${text}`), 2);
  }
}

const asOption = (value) => ({ type: 'string', default: value });

function usageAndExit(print, code) {
  print(USAGE);
  process.exit(code);
}

function settingsOf(values) {
  const port = (name) => portOf(name, values[name]);
  return {
    dataDir: path.resolve(values['data-dir']),
    apiPort: port('api-port'),
    temporalPort: port('temporal-port'),
    postgresPort: port('postgres-port'),
    smtpPort: port('smtp-port'),
    mailPort: port('mail-port'),
  };
}

function portOf(name, text) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= 65_535) return number;
  throw new Error(`--${name} ${text}: must be a port number from 1 to 65535.`);
}

/** Every port that has to be free before anything starts, with what it is for. */
export function portsToTake(settings, { mailCatcher }) {
  const { temporalPort } = settings;
  const inner = Array.from({ length: TEMPORAL_INNER_PORTS }, (_, index) => temporalPort + 1 + index);
  return [
    [settings.postgresPort, 'PostgreSQL (--postgres-port)'],
    ...[temporalPort, ...inner].map((port) => [port, 'Temporal (--temporal-port and the next seven)']),
    [settings.apiPort, 'the API (--api-port)'],
    ...(mailCatcher
      ? [
          [settings.smtpPort, 'the mail catcher (--smtp-port)'],
          [settings.mailPort, 'the mail catcher’s page (--mail-port)'],
        ]
      : []),
  ];
}
