/** The version of a migration that a move was previewed against. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { milestoneState } from '../lookup.js';
import type { MigrationState } from '../state.js';

const LENGTH = 12;

/**
 * Another as soon as a day moves, something is added, or anything is done, sent for good, waived or opened again: a preview says
 * what becomes of all that. Reminders, slips and numbers leave it as it is.
 *
 * Like `2.5f0c9d21ab34`: the date version, and a hash of what is settled.
 */
export function redateVersion(state: MigrationState): string {
  const { dateVersion, milestones } = state.plan;
  const settled = milestones.map(({ id }) => `${id}=${milestoneState(state, id).status}`).join('\n');
  return `${dateVersion}.${bytesToHex(sha256(utf8ToBytes(settled))).slice(0, LENGTH)}`;
}
