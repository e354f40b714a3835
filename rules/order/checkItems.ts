import type { Problem } from '../plan/types.js';
import type { RuleSet } from '../ruleset/schema.js';
import { nearest } from '../text/nearest.js';
import { error, type Path } from './problem.js';
import type { Order } from './schema.js';

/** Items have ids of their own and belong to somebody and some place in this order; thresholds are of things that are counted. */
export function checkItems(order: Order, ruleSet: RuleSet): Problem[] {
  return [
    ...(['surveyItems', 'actions'] as const).flatMap((list) => checkList(order, list)),
    ...checkThresholds(order, ruleSet),
  ];
}

function checkList({ practice, parties, ...order }: Order, list: 'surveyItems' | 'actions'): Problem[] {
  const owners = ['practice', 'csu', ...parties.map(({ id }) => id)];
  const sites = practice.sites.map(({ id }) => id);
  return order[list].flatMap(({ id, owner, siteId }, index) => [
    ...(order[list].findIndex((other) => other.id === id) < index
      ? [error('duplicate-id', [list, index, 'id'], `"${id}" is the id of another one here; give each its own`)]
      : []),
    ...unknown(owner, owners, [list, index, 'owner']),
    ...(siteId === undefined ? [] : unknown(siteId, sites, [list, index, 'siteId'])),
  ]);
}

function unknown(name: string, known: string[], path: Path): Problem[] {
  if (known.includes(name)) return [];
  const choices = nearest(name, known, known.length).join(', ');
  return [error('unknown-holder', path, `nobody and nothing here is called "${name}"; use one of ${choices}`)];
}

function checkThresholds({ countThresholds }: Order, { counters }: RuleSet): Problem[] {
  const known = counters.map(({ id }) => id);
  return Object.keys(countThresholds)
    .filter((id) => !known.includes(id))
    .map((id) => {
      const choices = nearest(id, known, known.length).join(', ');
      return error(
        'unknown-counter',
        ['countThresholds', id],
        `"${id}" is not counted; use one of ${choices || 'none'}`,
      );
    });
}
