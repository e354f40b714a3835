const OLDEST = [20, 19];

/** Ends the process with a plain sentence where Node is older than the libraries allow. */
export function requireNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return;
  console.error(`leadtime needs Node ${OLDEST.join('.')} or newer; this is Node ${version} (${process.execPath}).`);
  console.error('Install a newer Node from https://nodejs.org or with your version manager, then try again.');
  process.exit(2);
}
