/** Which migrations a command is about. */
import { Option, type Command } from 'commander';
import { ratings } from '../rules/portfolio/standing.js';
import { given } from './apiCommand.js';

export interface PortfolioFilters {
  rating?: string;
  overdue?: true;
  phase?: string;
  search?: string;
  source?: string;
  target?: string;
  instance?: string;
  icb?: string;
  owner?: string;
  heldBy?: string;
  rehearsals?: true;
}

/** Adds an option for each filter that the list of the API has. */
export function withPortfolioFilters(command: Command): Command {
  return command
    .addOption(new Option('--rating <rating>', 'only these; see docs/portfolio.md').choices(ratings))
    .option('--overdue', 'only those whose next deadline has passed')
    .option(
      '--phase <phase>',
      'only those in this phase: preMigration, dataChecking, cutOver, postGoLive, onHold, ended',
    )
    .option('--search <text>', 'beginning of an ODS code, or part of a practice’s name')
    .option('--source <supplier>', 'only those that leave this supplier')
    .option('--target <supplier>', 'only those that move to this supplier')
    .option('--instance <id>', 'only practices on this instance of a supplier’s system')
    .option('--icb <name>', 'only those of this ICB')
    .option('--owner <name>', 'only those that this operator looks after')
    .option('--held-by <holder>', 'only those delayed by practice, csu or a party’s id')
    .option('--rehearsals', 'rehearsals too');
}

/** The filters as the API has them. @param more what else the API is asked */
export function filterQuery(
  { source, target, heldBy, instance, ...same }: PortfolioFilters,
  more: Record<string, unknown> = {},
): URLSearchParams {
  const renamed = { sourceSupplierId: source, targetSupplierId: target, delayHolder: heldBy, instanceId: instance };
  const values = given({ ...same, ...renamed, ...more });
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) query.set(name, String(value));
  return query;
}
