import { defaultDataDir } from '../../config/environment.js';
import type { UpSettings } from './settings.js';

const HERE = 'http://127.0.0.1';
/** Listening on all addresses, which is none that a browser can open. */
const ANYWHERE = ['0.0.0.0', '::'];

/**
 * What a newcomer needs to know once everything serves: one line for each address, and what to try first.
 *
 * @param signInLink opens the operators' pages, once; absent where people sign in at a provider
 */
export function addressLines(
  { ports, apiHost, dataDir, temporalAddress }: UpSettings,
  signInLink: string | undefined,
): string[] {
  const api = ANYWHERE.includes(apiHost) ? HERE : `http://${apiHost}`;
  const command = dataDir === defaultDataDir ? 'npx leadtime' : `LEADTIME_DATA_DIR=${dataDir} npx leadtime`;
  return [
    signInLink === undefined
      ? `Pages        ${api}:${ports.api}/operator`
      : `Sign in      ${signInLink}  (works once; another: ${command} sign-in)`,
    `API          ${api}:${ports.api}`,
    `Mail         ${HERE}:${ports.mailPage}/index.html`,
    temporalAddress === undefined ? `Temporal UI  ${HERE}:${ports.temporalUi}` : `Temporal     ${temporalAddress}`,
    `Ready. Try: ${command} start examples/plain.yaml --speed 1d=1s`,
  ];
}
