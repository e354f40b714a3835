import { homedir } from 'node:os';
import path from 'node:path';

/** The folder for things that can be fetched again: `$XDG_CACHE_HOME/leadtime`, else `~/.cache/leadtime`. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return path.join(base && path.isAbsolute(base) ? base : path.join(homedir(), '.cache'), 'leadtime');
}
