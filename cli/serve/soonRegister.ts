import { RegisterUnavailableError } from '../../register/errors.js';
import type { Register } from '../../register/types.js';

/**
 * A register that may be asked before it is open: until then it is away. So the API answers from the first moment, while the
 * embedded database still takes its seconds.
 */
export function soonRegister(opening: Promise<Register>): Register {
  let opened: Register | undefined;
  opening.then(
    (register) => {
      opened = register;
    },
    // Whoever opens it hears of that.
    () => undefined,
  );
  const use = async <Result>(work: (register: Register) => Promise<Result>): Promise<Result> => {
    if (opened === undefined) throw new RegisterUnavailableError('it is being opened');
    return work(opened);
  };
  return {
    write: (write) => use((register) => register.write(write)),
    appendSystemAudit: (draft) => use((register) => register.appendSystemAudit(draft)),
    list: (filter) => use((register) => register.list(filter)),
    show: (id) => use((register) => register.show(id)),
    history: (id, part) => use((register) => register.history(id, part)),
    chains: () => use((register) => register.chains()),
    messages: (id) => use((register) => register.messages(id)),
    migrationsOfParty: (partyId, part) => use((register) => register.migrationsOfParty(partyId, part)),
    holdings: (today) => use((register) => register.holdings(today)),
    hopsDone: () => use((register) => register.hopsDone()),
    blackoutConflicts: (from) => use((register) => register.blackoutConflicts(from)),
    ringRows: (today, owner) => use((register) => register.ringRows(today, owner)),
    crowdedDays: (from) => use((register) => register.crowdedDays(from)),
    operatorCalendar: (operatorKey, since) => use((register) => register.operatorCalendar(operatorKey, since)),
    keepFeed: (operatorKey, feedId, atMs) => use((register) => register.keepFeed(operatorKey, feedId, atMs)),
    findFeed: (feedId) => use((register) => register.findFeed(feedId)),
    endFeed: (operatorKey) => use((register) => register.endFeed(operatorKey)),
    addToken: (token) => use((register) => register.addToken(token)),
    findToken: (tokenId) => use((register) => register.findToken(tokenId)),
    tokens: () => use((register) => register.tokens()),
    revokeToken: (tokenId, atMs) => use((register) => register.revokeToken(tokenId, atMs)),
    addSession: (session) => use((register) => register.addSession(session)),
    findSession: (secretHash) => use((register) => register.findSession(secretHash)),
    touchSession: (sessionId, atMs) => use((register) => register.touchSession(sessionId, atMs)),
    sessions: (atMs) => use((register) => register.sessions(atMs)),
    endSession: (sessionId, atMs) => use((register) => register.endSession(sessionId, atMs)),
    addSignInLink: (link) => use((register) => register.addSignInLink(link)),
    findSignInLink: (secretHash) => use((register) => register.findSignInLink(secretHash)),
    spendSignInLink: (secretHash, atMs) => use((register) => register.spendSignInLink(secretHash, atMs)),
    addBulk: (bulk, rows, audit) => use((register) => register.addBulk(bulk, rows, audit)),
    findBulk: (bulkId) => use((register) => register.findBulk(bulkId)),
    bulks: (limit) => use((register) => register.bulks(limit)),
    bulkRows: (bulkId, filter) => use((register) => register.bulkRows(bulkId, filter)),
    beginBulk: (bulkId) => use((register) => register.beginBulk(bulkId)),
    waitingBulkRows: (bulkId, range) => use((register) => register.waitingBulkRows(bulkId, range)),
    bulkCounts: (bulkId, range) => use((register) => register.bulkCounts(bulkId, range)),
    keepBulkResults: (bulkId, results) => use((register) => register.keepBulkResults(bulkId, results)),
    endBulk: (bulkId, end) => use((register) => register.endBulk(bulkId, end)),
    reopenBulk: (bulkId, from, audit) => use((register) => register.reopenBulk(bulkId, from, audit)),
    ping: async () => (opened === undefined ? false : opened.ping()),
    close: async () => (await opening).close(),
  };
}
