import path from 'node:path';
import type { PlannedOrder } from '../../config/planFromText.js';
import { loadPlan } from '../plan/load.js';
import type { RuleOptions } from '../plan/ruleOptions.js';
import { harmless } from '../table.js';
import { packFiles } from '../../api/pack/files.js';
import { writePack } from './writePack.js';

export interface PackOptions extends RuleOptions {
  to?: string;
  asOf?: string;
  force?: boolean;
  json?: true;
}

/** Writes the kick-off pack of an order. @throws BadOrder, CommandFailure */
export async function writeKickOffPack(
  file: string,
  { to, asOf, force = false, json, ...rules }: PackOptions,
): Promise<void> {
  const planned = await loadPlan(file, asOf, undefined, rules);
  const folder = to ?? defaultFolder(planned);
  const files = packFiles(planned);
  await writePack(folder, files, force);
  const names = files.map(({ name }) => path.join(folder, name));
  const answer = { folder, asOf: planned.asOf, wouldBeRefused: planned.refusals.length > 0, files: names };
  process.stdout.write(`${json ? JSON.stringify(answer, null, 2) : harmless(names.join('\n'))}\n`);
  if (planned.refusals.length > 0)
    process.stderr.write('warning: as it stands this migration would be refused; the plan in the pack says why\n');
}

const defaultFolder = ({ order }: PlannedOrder): string =>
  `pack-${order.practice.odsCode}-${order.orderedOn.replaceAll('-', '')}`;
