import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { root } from '../lib/root.mjs';
import { eventually, isTaken } from './wait.mjs';

const PATIENCE_MS = 30_000;

export const catcherUrls = ({ smtpPort, mailPort }) => ({
  smtp: `smtp://127.0.0.1:${smtpPort}`,
  page: `http://127.0.0.1:${mailPort}/index.html`,
});

/** Takes every mail and passes none on. It keeps them in files, so that a stop does not empty the mailbox. */
export async function startMailCatcher({ children, settings: { dataDir, smtpPort, mailPort } }) {
  const folder = path.join(dataDir, 'mail');
  await mkdir(folder, { recursive: true });
  const here = ['--ip', '127.0.0.1', '--web-ip', '127.0.0.1', '--smtp', String(smtpPort), '--web', String(mailPort)];
  const maildev = path.join(root, 'node_modules/maildev/dist/bin/maildev.js');
  await children.start('mail', process.execPath, [maildev, ...here, '--mail-directory', folder]);
  await eventually('the mail catcher serves', PATIENCE_MS, async () => {
    if (!(await isTaken(smtpPort))) throw new Error(`Nothing listens on port ${smtpPort} yet.`);
  });
}
