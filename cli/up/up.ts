import { mkdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { forgetApiAddress, runDirOf } from '../../config/apiAddress.js';
import { loadDotEnv } from '../../config/environment.js';
import { ANSWER_IS_NO, CommandFailure } from '../failure.js';
import { outliveReaders, stopRequested } from '../serve/untilStopped.js';
import { addressLines } from './addresses.js';
import { claimDataFolder, type Claim } from './claim.js';
import { clearWay } from './clearWay.js';
import { prepareGivenTemporal } from './givenTemporal.js';
import type { Service } from './service.js';
import { appService, mailFolderOf, mailService, temporalService } from './services.js';
import { upSettings, type UpOptions, type UpSettings } from './settings.js';
import { makeSignInLink } from './signInLink.js';
import { starterGone } from './starterGone.js';
import { supervise, type Supervised } from './supervise.js';
import { obtainTemporalServer } from './temporalServer.js';

const FIRST_SERVING_MS = 180_000;

/** Progress: beside what a script may read from standard output. */
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Starts everything embedded and keeps it running until it is told to stop.
 *
 * @throws CommandFailure where the settings, a port or another start is in the way, or a part does not start
 */
export async function up(options: UpOptions): Promise<void> {
  loadDotEnv();
  const stop = Promise.race([stopRequested(), starterGone()]);
  outliveReaders();
  const settings = await withFolders(upSettings(options, process.env));
  const claim = await claimDataFolder(settings.dataDir, settings.runDir, say);
  try {
    const services = await servicesOf(settings, stop);
    if (services === undefined) return endNow(claim);
    const { servers, app } = services;
    await clearWay(settings, [app, ...servers], say);
    await run({ servers, app, settings, stop, announceStop: claim.announceStop });
  } finally {
    claim.giveBack();
  }
}

/** Before anything was started: a download or build of the Temporal server that is under way must not keep us. */
function endNow(claim: Claim): never {
  claim.giveBack();
  process.exit(0);
}

/** Makes the folders. They will hold people's addresses and secrets, so a new data folder is closed to everybody else. */
async function withFolders(settings: UpSettings): Promise<UpSettings> {
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const dataDir = await realpath(settings.dataDir);
  const found = { ...settings, dataDir, runDir: runDirOf(dataDir) };
  for (const folder of [found.runDir, path.join(dataDir, 'logs'), mailFolderOf(found)])
    await mkdir(folder, { recursive: true });
  return found;
}

interface Services {
  servers: Service[];
  app: Service;
}

/** @returns undefined when told to stop before the Temporal server was there */
async function servicesOf(settings: UpSettings, stop: Promise<void>): Promise<Services | undefined> {
  const others = { app: appService(settings), servers: [mailService(settings)] };
  if (settings.temporalAddress !== undefined) return others;
  const obtained = await Promise.race([obtainTemporalServer(say), stop]);
  if (obtained === undefined) return undefined;
  return { ...others, servers: [...others.servers, temporalService(settings, obtained.path)] };
}

interface Running extends Services {
  settings: UpSettings;
  stop: Promise<void>;
  announceStop: () => void;
}

async function run({ servers, app, settings, stop, announceStop }: Running): Promise<void> {
  // In the order in which they are stopped: the app first, so that it can finish what it is sending.
  const supervised = [app, ...servers].map((service) => supervise(service, { runDir: settings.runDir, say }));
  try {
    const serving = supervised.map((service) => service.serving);
    const all = inTime([...serving, prepareGivenTemporal(settings)]);
    const hasStopped = await Promise.race([all, stop.then(() => true)]);
    if (hasStopped !== true) await sayWhere(settings);
    await stop;
  } finally {
    announceStop();
    say('Stopping …');
    await forgetApiAddress(settings.dataDir);
    await stopInOrder(supervised);
  }
}

/** The link is for whoever looks at this terminal; it is in no log of ours. */
async function sayWhere(settings: UpSettings): Promise<void> {
  const signInLink = await makeSignInLink(settings.dataDir);
  process.stdout.write(`${addressLines(settings, signInLink).join('\n')}\n`);
}

async function inTime(parts: Promise<void>[]): Promise<void> {
  let alarm: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    const error = new CommandFailure('not everything serves after three minutes; see the logs above', ANSWER_IS_NO);
    alarm = setTimeout(() => reject(error), FIRST_SERVING_MS);
  });
  try {
    await Promise.race([Promise.all(parts), tooLate]);
  } finally {
    clearTimeout(alarm);
  }
}

async function stopInOrder([app, ...servers]: readonly Supervised[]): Promise<void> {
  await app?.stop();
  await Promise.all(servers.map((server) => server.stop()));
}
