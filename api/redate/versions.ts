/** The versions of several migrations as one text, against which all of them are moved. */
import { redateVersion } from '../../rules/migration/redate/version.js';
import type { Member } from './instance.js';

export const versionOf = ({ planning }: Member): string => redateVersion(planning.state);

/** `Z98001:2.5f0c9d21ab34,Z98011:1.77ab01c4e9d2` */
export const versionsText = (members: readonly Member[]): string =>
  members.map((member) => `${member.odsCode}:${versionOf(member)}`).join(',');

export const versionsIn = (text: string): Map<string, string> =>
  new Map(text.split(',').map((part) => [part.split(':')[0] ?? '', part.split(':')[1] ?? '']));
