import { endOf } from '../../rules/migration/auditChain.js';
import type { MigrationActivities } from '../../rules/migration/ports.js';
import type { RegisterActivityDeps } from './ports.js';
import { tryWrite } from './tryWrite.js';

/** The register's activities. `writeRegister` never fails: `registerWritten` is false when the records are still to be written. */
export function createRegisterActivities(deps: RegisterActivityDeps): Pick<MigrationActivities, 'writeRegister'> {
  return {
    writeRegister: async (write) => {
      const registerWritten = await tryWrite(deps, write);
      const head = endOf(write.audit);
      return { registerWritten, ...(registerWritten && head && { head }) };
    },
  };
}
