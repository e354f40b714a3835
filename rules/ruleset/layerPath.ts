/** Where in a layer a problem comes from that shows in the rules with the layer over them. */
import type { Path } from '../order/problem.js';
import type { Layered } from './applyLayer.js';
import type { Layer } from './layerSchema.js';

/** Lists whose entries of the layer come after those of the rule set. */
const appended = ['usualDurations', 'counters', 'knownIssues', 'blackouts'] as const;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[String(key)] : undefined), value);

/**
 * The entry of the layer that a problem of the whole comes from.
 *
 * @param path the place in `together`
 * @param together the rules with the layer over them
 * @returns undefined where no entry of the layer is to blame
 */
export function pathInLayer(path: Path, layer: Layer, together: Layered): Path | undefined {
  const [list, index, ...rest] = path;
  const named = ladderPath(path, layer, together);
  if (named !== undefined) return named;
  if (list === 'rules' && typeof index === 'number') return rulePath(index, rest, layer, together);
  const tail = appended.find((name) => name === list);
  if (tail !== undefined && typeof index === 'number') {
    const own = index - (together[tail].length - layer[tail].length);
    return own < 0 ? undefined : [tail, own, ...rest];
  }
  return valueAt(layer, path) === undefined ? undefined : path;
}

/** A place that names a ladder is wrong because of that ladder, where the layer has put another in its place. */
function ladderPath(path: Path, { ladders, rules, changes }: Layer, together: Layered): Path | undefined {
  const name = valueAt(together, path);
  if (typeof name !== 'string' || !(name in ladders)) return undefined;
  const rule = path[0] === 'rules' ? valueAt(together, ['rules', path[1] ?? '', 'id']) : undefined;
  const isOwn = rules.some(({ id }) => id === rule) || changes.some(({ rule: id, ladder }) => id === rule && ladder);
  return isOwn ? undefined : ['ladders', name];
}

function rulePath(index: number, rest: Path, { rules, changes }: Layer, together: Layered): Path | undefined {
  const rule = together.rules[index];
  const added = rules.findIndex(({ id }) => id === rule?.id);
  if (added >= 0) return ['rules', added, ...rest];
  const changed = changes.findIndex((change) => change.rule === rule?.id);
  if (changed >= 0) return ['changes', changed, ...rest];
  // What it is counted from is not there any more.
  const bases = [rule?.due.from, rule?.opens?.from];
  const takenOut = changes.findIndex((change) => change.applies === false && bases.includes(change.rule));
  return takenOut < 0 ? undefined : ['changes', takenOut, 'applies'];
}
