import { createApplyRow } from '../../api/bulk/applyRow.js';
import { planOrder } from '../../api/planning.js';
import { createTemporalMigrations } from '../../api/temporalMigrations.js';
import type { Environment } from '../../config/environment.js';
import type { Logger } from '../../config/logger.js';
import { createReplan } from '../../config/replanning.js';
import { createSealing } from '../../config/sealing.js';
import type { TemporalLink } from '../../config/temporal/connection.js';
import { dataConverter } from '../../config/temporal/dataConverter.js';
import type { ApplyRow } from '../../rules/bulk/ports.js';

/** The operators' API's own functions, for the worker's rows: one way in, whoever goes it. @throws CodecKeysError */
export const applyRowOver =
  (environment: Pick<Environment, 'codecKeysFile' | 'production'>, logger: Logger) =>
  (link: TemporalLink): ApplyRow =>
    createApplyRow({
      migrations: createTemporalMigrations({
        ...link,
        report: (error, what) => logger.warn({ err: error, what }, 'a row of an operation was not answered'),
      }),
      planOrder,
      replan: createReplan(),
      sealing: createSealing(dataConverter(environment)),
      report: (error, row) => logger.error({ err: error, ...row }, 'a row of an operation failed'),
    });
