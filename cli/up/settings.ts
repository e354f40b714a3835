import path from 'node:path';
import { runDirOf } from '../../config/apiAddress.js';
import { defaultDataDir } from '../../config/environment.js';
import { CommandFailure, WRONG_USE } from '../failure.js';

export type PortName = 'api' | 'temporal' | 'temporalUi' | 'mail' | 'mailPage';

interface PortSetting {
  option: string;
  variable: string;
  usual: number;
}

/** Each port with its option, its variable and where it is unless told. */
export const PORTS: Readonly<Record<PortName, PortSetting>> = {
  api: { option: '--port', variable: 'LEADTIME_API_PORT', usual: 8080 },
  temporal: { option: '--temporal-port', variable: 'LEADTIME_TEMPORAL_PORT', usual: 7233 },
  temporalUi: { option: '--temporal-ui-port', variable: 'LEADTIME_TEMPORAL_UI_PORT', usual: 8233 },
  mail: { option: '--mail-port', variable: 'LEADTIME_MAIL_PORT', usual: 1025 },
  mailPage: { option: '--mail-page-port', variable: 'LEADTIME_MAIL_PAGE_PORT', usual: 1080 },
};

/** What the command line gave, as text: a port under the name of its option without the dashes in front, and `data`. */
export type UpOptions = Readonly<Record<string, string | undefined>>;

export interface UpSettings {
  ports: Record<PortName, number>;
  apiHost: string;
  /** Absolute. */
  dataDir: string;
  runDir: string;
  /** TEMPORAL_ADDRESS: a server that runs already, so that none is started. */
  temporalAddress?: string;
}

const HIGHEST_PORT = 65_535;

/** `--temporal-port` as commander names it: `temporalPort`. */
const optionKey = (option: string): string =>
  option.replace(/^--/, '').replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A variable that is empty counts as not set. */
function setting(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const text = env[name]?.trim();
  return text === '' ? undefined : text;
}

function readPort({ option, variable, usual }: PortSetting, given: Given, problems: string[]): number {
  const fromOption = given.options[optionKey(option)];
  const text = fromOption ?? setting(given.env, variable);
  if (text === undefined) return usual;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port >= 1 && port <= HIGHEST_PORT) return port;
  problems.push(`${fromOption === undefined ? variable : option} must be a port number from 1 to 65535, not "${text}"`);
  return usual;
}

interface Given {
  options: UpOptions;
  env: NodeJS.ProcessEnv;
}

function readPorts(given: Given, problems: string[]): Record<PortName, number> {
  const read = (name: PortName): number => readPort(PORTS[name], given, problems);
  return {
    api: read('api'),
    temporal: read('temporal'),
    temporalUi: read('temporalUi'),
    mail: read('mail'),
    mailPage: read('mailPage'),
  };
}

function samePorts(ports: Record<PortName, number>): string[] {
  const taken = new Map<number, PortSetting>();
  return Object.values(PORTS).flatMap((setting, index) => {
    const port = Object.values(ports)[index] ?? setting.usual;
    const other = taken.get(port);
    taken.set(port, setting);
    return other === undefined ? [] : [`${other.option} and ${setting.option} are both ${port}`];
  });
}

/**
 * The settings of `leadtime up`: options first, then the environment.
 *
 * @throws CommandFailure with every problem at once
 */
export function upSettings(options: UpOptions, env: NodeJS.ProcessEnv): UpSettings {
  const problems: string[] = [];
  if (env['NODE_ENV'] === 'production')
    problems.push(
      'it is for one machine and catches all mail, but NODE_ENV is production: run "leadtime worker" and "leadtime api"',
    );
  const ports = readPorts({ options, env }, problems);
  problems.push(...samePorts(ports));
  if (problems.length > 0) throw new CommandFailure(`"leadtime up" cannot start: ${problems.join('; ')}`, WRONG_USE);
  const dataDir = path.resolve(options['data'] ?? setting(env, 'LEADTIME_DATA_DIR') ?? defaultDataDir);
  const temporalAddress = setting(env, 'TEMPORAL_ADDRESS');
  const apiHost = setting(env, 'LEADTIME_API_HOST') ?? '127.0.0.1';
  return { ports, apiHost, dataDir, runDir: runDirOf(dataDir), ...(temporalAddress && { temporalAddress }) };
}
