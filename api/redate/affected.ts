/** Which running migrations would be planned otherwise with the rules and the calendar in use. */
import type { RedatePreview } from '../../rules/migration/redate/preview.js';
import type { RegisteredMigration } from '../../register/types.js';
import { previewOf, type RedateDependencies } from './redate.js';

/** So many are asked at a time: each is a query of a workflow. */
const AT_A_TIME = 8;

export interface Affected extends Pick<RegisteredMigration, 'migrationId' | 'odsCode' | 'practiceName'> {
  /**
   * adopts: it would. same: it has what is in use. onHold: it can once it is resumed. unknown: it could not be asked just now, or
   * cannot be planned with them.
   */
  state: 'adopts' | 'same' | 'unknown' | 'onHold';
  adopts: RedatePreview['adopts'];
  /** How many open milestones would come to lie on another day. */
  moves: number;
  /** How many would not be needed any more. */
  dropped: number;
  /** The plan would have errors or risks. */
  needsAcceptance: boolean;
  refused: boolean;
}

const unmoved = { adopts: [], moves: 0, dropped: 0, needsAcceptance: false, refused: false };

async function lookAt(deps: RedateDependencies, row: RegisteredMigration): Promise<Affected> {
  const { migrationId, odsCode, practiceName } = row;
  const named = { migrationId, odsCode, practiceName };
  const outcome = await previewOf(deps, { migrationId }, { adopts: 'all' });
  if (outcome.kind === 'answered') {
    const { adopts, moves, dropped, needsAcceptance, refused } = outcome.answer;
    return {
      ...named,
      state: 'adopts',
      adopts,
      moves: moves.length,
      dropped: dropped.length,
      needsAcceptance,
      refused,
    };
  }
  const type = outcome.kind === 'rejected' ? outcome.rejection.type : undefined;
  const state = type === 'NothingToAdopt' ? 'same' : type === 'OnHold' ? 'onHold' : 'unknown';
  return { ...named, ...unmoved, state };
}

/** In the order of the rows. */
export async function affectedOf(deps: RedateDependencies, rows: readonly RegisteredMigration[]): Promise<Affected[]> {
  const found: Affected[] = [];
  for (let first = 0; first < rows.length; first += AT_A_TIME)
    found.push(...(await Promise.all(rows.slice(first, first + AT_A_TIME).map((row) => lookAt(deps, row)))));
  return found;
}
