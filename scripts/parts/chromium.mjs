import { isExecutable, onPath } from '../lib/run.mjs';
import { installPackages } from '../lib/system.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];

/** The browser that mails and pages are looked at with; LEADTIME_CHROMIUM names another. */
export async function obtainChromium() {
  let browser = found();
  if (browser === undefined) {
    await installPackages('Chromium is missing', ['chromium']);
    browser = found();
  }
  if (browser === undefined) throw new Error('Chromium was installed, but it is not on the PATH.');
  console.error(`Chromium: ${browser}`);
  return { LEADTIME_CHROMIUM: browser };
}

function found() {
  const named = process.env.LEADTIME_CHROMIUM;
  if (named !== undefined && isExecutable(named)) return named;
  return NAMES.map((name) => onPath(name)).find((path) => path !== undefined);
}
