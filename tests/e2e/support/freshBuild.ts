import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const top = fileURLToPath(new URL('../../..', import.meta.url));

/** @throws where `dist/` is missing or was built from other sources: a test of it would say nothing about these */
export function requireFreshBuild(): void {
  const script = "import { fingerprint } from './scripts/lib/sources.mjs'; process.stdout.write(fingerprint());";
  const wanted = execFileSync(process.execPath, ['--input-type=module', '-e', script], { cwd: top, encoding: 'utf8' });
  if (builtFrom() !== wanted)
    throw new Error('dist/ is missing or older than its sources: run "npm run build", or "npm test", which does.');
}

function builtFrom(): string {
  try {
    return readFileSync(path.join(top, 'dist/.built-from'), 'utf8');
  } catch {
    return '';
  }
}
