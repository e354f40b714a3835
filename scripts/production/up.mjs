import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { build } from '../build.mjs';
import { install } from '../lib/install.mjs';
import { requireNode } from '../lib/node.mjs';
import { obtainPostgres } from '../parts/postgres.mjs';
import { obtainTemporalProduction } from '../parts/temporalProduction.mjs';
import { startApp } from './app.mjs';
import { createChildren } from './children.mjs';
import { catcherUrls, startMailCatcher } from './mailCatcher.mjs';
import { setUpNamespace } from './namespace.mjs';
import { endOrphans } from './orphans.mjs';
import { startPostgres } from './postgres.mjs';
import { makeSecrets } from './secrets.mjs';
import { portsToTake, readSettings } from './settings.mjs';
import { startTemporal } from './temporal.mjs';
import { isTaken } from './wait.mjs';

const NAMESPACE = 'leadtime';

/** The stack of docker-compose.yml without containers: see docs/deployment.md. */
async function up(settings, children) {
  const mailCatcher = !process.env.LEADTIME_SMTP_URL && !process.env.LEADTIME_SMTP_URL_FILE;
  await endOrphans(path.join(settings.dataDir, 'run'));
  await refuseTakenPorts(portsToTake(settings, { mailCatcher }));
  const parts = { ...(await obtainPostgres()), ...(await obtainTemporalProduction()) };
  const { dataDir, temporalPort, postgresPort } = settings;
  const secrets = path.join(dataDir, 'secrets');
  await makeSecrets(secrets, `127.0.0.1:${postgresPort}`);

  await startPostgres({ children, bin: parts.LEADTIME_POSTGRES_BIN, dataDir, secrets, port: postgresPort });
  const temporal = { parts: parts.LEADTIME_TEMPORAL_PRODUCTION, port: temporalPort, postgresPort };
  await startTemporal({ children, dataDir, secrets, ...temporal });
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  await setUpNamespace({ address: temporalAddress, namespace: NAMESPACE });
  const mail = mailCatcher ? catcherUrls(settings) : undefined;
  if (mail) await startMailCatcher({ children, settings });
  const apiUrl = await startApp({
    children,
    settings,
    secrets,
    temporalAddress,
    namespace: NAMESPACE,
    smtpUrl: mail?.smtp,
  });
  return {
    api: apiUrl,
    ...(mail && { mail: mail.page, smtp: mail.smtp }),
    temporal: temporalAddress,
    namespace: NAMESPACE,
    secrets,
  };
}

async function refuseTakenPorts(ports) {
  const taken = [];
  for (const [port, what] of ports) if (await isTaken(port)) taken.push(`  ${port}: wanted for ${what}`);
  if (taken.length > 0) throw new Error(['Something else listens on these ports of 127.0.0.1:', ...taken].join('\n'));
}

/** For scripts, tests and the `leadtime` command, which finds the API by LEADTIME_DATA_DIR. No secret itself. */
async function writeAddresses(dataDir, addresses) {
  const { writeApiAddress } = await import('../../dist/config/apiAddress.js');
  const { api, secrets } = addresses;
  const file = (name) => path.join(secrets, name);
  const access = { tokenFile: file('operator_token'), webhookSecretsFile: file('webhook_secrets.json') };
  await writeApiAddress(dataDir, { url: api, ...access });
  await writeFile(path.join(dataDir, 'run/production.json'), `${JSON.stringify(addresses, null, 2)}\n`);
}

function print(addresses, dataDir) {
  console.log(`API             ${addresses.api}`);
  if (addresses.mail) console.log(`Mail            ${addresses.mail}`);
  console.log(`Temporal        ${addresses.temporal}, namespace ${addresses.namespace}`);
  console.log(`Secrets, logs   ${dataDir}`);
  console.log(`Commands        LEADTIME_DATA_DIR=${dataDir} npx leadtime list`);
  console.log('Production is up. Ctrl-C stops it.');
}

/** Stops everything in order, once, whoever asks first; then ends the process with that one's exit code. */
function createStop(children) {
  let stopping;
  return (code) => {
    stopping ??= (async () => {
      console.error('Stopping …');
      await children().stop();
      process.exit(code);
    })();
    return stopping;
  };
}

async function main() {
  requireNode();
  const settings = readSettings(process.argv.slice(2));
  const stop = createStop(() => children);
  const children = createChildren(settings.dataDir, (death) => {
    console.error(death);
    void stop(1);
  });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(0));
  try {
    await install();
    await build();
    const addresses = await up(settings, children);
    await writeAddresses(settings.dataDir, addresses);
    print(addresses, settings.dataDir);
  } catch (error) {
    console.error(error.message);
    await stop(2);
  }
}

await main();
