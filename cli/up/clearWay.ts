import { CommandFailure, WRONG_USE } from '../failure.js';
import { removePidFile, runningAs } from './pidFiles.js';
import { endProcess, isAlive, type ProcessIdentity } from './processes.js';
import { takenPorts, takenPortText, type TakenPort, type WantedPort } from './ports.js';
import { commandLineOfService, type Service } from './service.js';
import { PORTS, type PortName, type UpSettings } from './settings.js';

const HERE = '127.0.0.1';

function wantedPorts({ ports, apiHost, temporalAddress }: UpSettings): WantedPort[] {
  const names: PortName[] = [
    'api',
    'mail',
    'mailPage',
    ...(temporalAddress ? [] : (['temporal', 'temporalUi'] as const)),
  ];
  return names.map((name) => ({
    host: name === 'api' ? apiHost : HERE,
    port: ports[name],
    option: PORTS[name].option,
  }));
}

/**
 * Ends what an earlier start has left behind, where that was killed, and makes sure that every port is free.
 *
 * A process is ours when it is written down in the run folder, or listens on one of our ports, and has the command line of one of
 * our services.
 * @param services in the order in which they are to be ended
 * @throws CommandFailure naming every foreign process on our ports
 */
export async function clearWay(
  settings: UpSettings,
  services: readonly Service[],
  say: (line: string) => void,
): Promise<void> {
  for (const service of services) {
    const orphan = runningAs(settings.runDir, service.name);
    if (orphan !== undefined) await endOrphan(orphan, service, say);
    removePidFile(settings.runDir, service.name);
  }
  const wanted = wantedPorts(settings);
  for (const { holder } of await takenPorts(wanted)) {
    const service = services.find((known) => commandLineOfService(known) === holder?.commandLine);
    if (holder !== undefined && service !== undefined) await endOrphan(holder, service, say);
  }
  refuse(await takenPorts(wanted));
}

async function endOrphan(orphan: ProcessIdentity, service: Service, say: (line: string) => void): Promise<void> {
  if (!isAlive(orphan)) return;
  say(`Ending ${service.name} of an earlier start (pid ${orphan.pid}) …`);
  await endProcess(orphan, service.stopWithinMs);
}

function refuse(taken: readonly TakenPort[]): void {
  if (taken.length === 0) return;
  throw new CommandFailure(taken.map(takenPortText).join('\nerror: '), WRONG_USE);
}
