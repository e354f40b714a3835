import type { ApiToken, Register } from '../../../register/types.js';
import { emptyHead, sealRecord } from '../../../rules/migration/auditChain.js';
import type { AuditRecord } from '../../../rules/migration/records.js';

type TokenRegister = Pick<Register, 'addToken' | 'findToken' | 'tokens' | 'revokeToken' | 'appendSystemAudit'>;

/** Tokens and the system's own audit, in memory. */
export function createMemoryTokens(): TokenRegister & { kept: ApiToken[]; audit: AuditRecord[] } {
  const kept: ApiToken[] = [];
  const audit: AuditRecord[] = [];
  return {
    kept,
    audit,
    addToken: async (token) => void kept.unshift(token),
    findToken: async (tokenId) => kept.find((each) => each.tokenId === tokenId),
    tokens: async () => kept,
    revokeToken: async (tokenId, atMs) => {
      const token = kept.find((each) => each.tokenId === tokenId && each.revokedAtMs === undefined);
      if (token !== undefined) token.revokedAtMs = atMs;
      return token !== undefined;
    },
    appendSystemAudit: async (draft) => {
      const record = sealRecord(audit.at(-1) ?? emptyHead, draft);
      audit.push(record);
      return record;
    },
  };
}
