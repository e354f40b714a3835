import { existsSync } from 'node:fs';
import { mustRun, onPath } from './run.mjs';

/** True where we may install system packages: root on Debian or a relative of it. */
export function mayInstallPackages() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version') && onPath('apt-get') !== undefined;
}

/**
 * Installs Debian packages, or says which command the user has to run.
 *
 * @param need what the packages are wanted for, as the start of a sentence.
 */
export async function installPackages(need, packages) {
  if (!mayInstallPackages()) {
    throw new Error(`${need}. On Debian or Ubuntu: sudo apt-get install -y ${packages.join(' ')}`);
  }
  console.error(`${need}: installing ${packages.join(', ')} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get', ['update', '-q'], { env });
  await mustRun('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
}
