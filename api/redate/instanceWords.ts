/** What becomes of the other practices on an instance, for people. */
import type { InstanceRow } from './instance.js';

const words: Record<InstanceRow['state'], string> = {
  moves: 'moves with it',
  stays: 'has these days already',
  left: 'is left where it is: see that their days still agree',
  notRunning: 'has no migration running, and is left out',
  elsewhere: 'is left out',
  refused: 'cannot move, and so none does',
  moved: 'has moved with it',
  failed: 'has not moved: say the same days again, which moves the rest',
};

/** `Weir House Practice (Z98011) moves with it (6 milestones would move, 1 would be done again)` */
export const instanceLine = ({ name, odsCode, state, detail }: InstanceRow): string =>
  `${name} (${odsCode}) ${words[state]}${detail === undefined ? '' : ` (${detail})`}`;
