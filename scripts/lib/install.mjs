import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './root.mjs';
import { mustRun } from './run.mjs';

/** The packages of a lock file by folder; empty where there is none. */
function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

/** True when `node_modules` holds what the lock file asks for. Optional packages may be absent: another platform's are. */
export function isInstalled() {
  const present = packagesOf('node_modules/.package-lock.json');
  const wanted = Object.entries(packagesOf('package-lock.json')).filter(([folder]) => folder !== '');
  return wanted.every(([folder, { version, optional }]) =>
    folder in present ? present[folder].version === version : optional === true,
  );
}

/** Installs the npm packages where they are missing or not those of the lock file. */
export async function install() {
  if (isInstalled()) return;
  console.error('Installing npm packages (npm ci) …');
  await mustRun('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=http']);
}
