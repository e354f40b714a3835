import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { MessageKind, RungKey } from './messages.js';

/**
 * The key of a message: what it is, to whom, and a digest of the rungs that it settles.
 *
 * A rung of a milestone goes out once in each date version, so no two messages of a migration can have the same key, and
 * composing the same message again gives the same key. Worked: `digest/practiceManager/4f0c21a9d3b5e677`.
 */
export function contentKey(kind: MessageKind, toKey: string, settles: readonly RungKey[]): string {
  const rungs = settles
    .map(({ milestoneId, rungId, dateVersion }) => `${milestoneId}/${rungId}/v${dateVersion}`)
    .sort();
  return `${kind}/${toKey}/${bytesToHex(sha256(utf8ToBytes(rungs.join('\n')))).slice(0, 16)}`;
}
