import { addBulk, beginBulk, endBulk, keepBulkResults, reopenBulk } from './bulk.js';
import { countsOf, findBulk, listBulkRows, listBulks, waitingBulkRows } from './bulkQueries.js';
import type { BulkRegister } from './bulkTypes.js';
import { endFeed, findFeed, keepFeed, operatorCalendar } from './calendars.js';
import type { Connection } from './connection.js';
import { RegisterUnavailableError } from './errors.js';
import { migrationsOfParty } from './evidence.js';
import { registerFailure } from './failures.js';
import { blackoutConflictsFrom, crowdedDaysFrom, holdingsOn, hopsDoneIn } from './overviews.js';
import { openPglite } from './pglite.js';
import { connectPostgres } from './postgres.js';
import { chainsOf, historyOf, listMigrations, messagesOf, showMigration } from './queries.js';
import { ringRowsOn } from './ringRows.js';
import { addSession, endSession, findSession, listSessions, touchSession } from './sessions.js';
import { addSignInLink, findSignInLink, spendSignInLink } from './signInLinks.js';
import { appendToSystemChain } from './systemAudit.js';
import { addToken, findToken, listTokens, revokeToken } from './tokens.js';
import type { Database, Register } from './types.js';
import { writeToRegister } from './write.js';

/** `databaseUrl`: `postgres://user:password@host:port/database`. `pgliteFolder`: the embedded database's folder, made where missing. */
export type RegisterPlace = { databaseUrl: string } | { pgliteFolder: string };

/**
 * Opens the register and brings its tables up to date.
 *
 * A PostgreSQL server that is away does not keep anything from starting: it is tried again at each use.
 * @throws RegisterLockedError where another process has the embedded register
 * @throws RegisterRefusedError where the database says no, as to a wrong password
 */
export async function openRegister(place: RegisterPlace): Promise<Register> {
  const connection = await connect(place);
  try {
    await connection.ready();
  } catch (error) {
    const failure = registerFailure(error);
    if (failure instanceof RegisterUnavailableError) return registerOn(connection);
    await connection.close();
    throw failure;
  }
  return registerOn(connection);
}

async function connect(place: RegisterPlace): Promise<Connection> {
  if ('databaseUrl' in place) return connectPostgres(place.databaseUrl);
  return openPglite(place.pgliteFolder);
}

type Use = <Result>(work: () => Promise<Result>) => Promise<Result>;

function bulkOn(connection: Connection, use: Use): BulkRegister {
  const { db } = connection;
  const inTransaction = <Result>(work: (tx: Database) => Promise<Result>) => connection.inTransaction(work);
  return {
    addBulk: (bulk, rows, audit) => use(() => inTransaction((tx) => addBulk(tx, bulk, rows, audit))),
    findBulk: (bulkId) => use(() => findBulk(db, bulkId)),
    bulks: (limit) => use(() => listBulks(db, limit)),
    bulkRows: (bulkId, filter = {}) => use(() => listBulkRows(db, bulkId, filter)),
    beginBulk: (bulkId) => use(() => inTransaction((tx) => beginBulk(tx, bulkId))),
    waitingBulkRows: (bulkId, range) => use(() => waitingBulkRows(db, bulkId, range)),
    bulkCounts: (bulkId, range) => use(() => countsOf(db, bulkId, range)),
    keepBulkResults: (bulkId, results) => use(() => keepBulkResults(db, bulkId, results)),
    endBulk: (bulkId, end) => use(() => inTransaction((tx) => endBulk(tx, bulkId, end))),
    reopenBulk: (bulkId, from, audit) => use(() => inTransaction((tx) => reopenBulk(tx, bulkId, from, audit))),
  };
}

function registerOn(connection: Connection): Register {
  const use: Use = async (work) => {
    try {
      await connection.ready();
      return await work();
    } catch (error) {
      throw registerFailure(error);
    }
  };
  const { db } = connection;
  let closed: Promise<void> | undefined;
  return {
    write: (write) => use(() => connection.inTransaction((tx) => writeToRegister(tx, write))),
    appendSystemAudit: (draft) => use(() => connection.inTransaction((tx) => appendToSystemChain(tx, draft))),
    list: (filter = {}) => use(() => listMigrations(db, filter)),
    show: (id) => use(() => showMigration(db, id)),
    history: (id, part) => use(() => historyOf(db, id, part)),
    chains: () => use(() => chainsOf(db)),
    messages: (id) => use(() => messagesOf(db, id)),
    migrationsOfParty: (partyId, part) => use(() => migrationsOfParty(db, partyId, part)),
    holdings: (today) => use(() => holdingsOn(db, today)),
    hopsDone: () => use(() => hopsDoneIn(db)),
    blackoutConflicts: (from) => use(() => blackoutConflictsFrom(db, from)),
    ringRows: (today, owner) => use(() => ringRowsOn(db, today, owner)),
    crowdedDays: (from) => use(() => crowdedDaysFrom(db, from)),
    operatorCalendar: (operatorKey, since) => use(() => operatorCalendar(db, operatorKey, since)),
    keepFeed: (operatorKey, feedId, atMs) => use(() => keepFeed(db, operatorKey, feedId, atMs)),
    findFeed: (feedId) => use(() => findFeed(db, feedId)),
    endFeed: (operatorKey) => use(() => endFeed(db, operatorKey)),
    addToken: (token) => use(() => addToken(db, token)),
    findToken: (tokenId) => use(() => findToken(db, tokenId)),
    tokens: () => use(() => listTokens(db)),
    revokeToken: (tokenId, atMs) => use(() => revokeToken(db, tokenId, atMs)),
    addSession: (session) => use(() => addSession(db, session)),
    findSession: (secretHash) => use(() => findSession(db, secretHash)),
    touchSession: (sessionId, atMs) => use(() => touchSession(db, sessionId, atMs)),
    sessions: (atMs) => use(() => listSessions(db, atMs)),
    endSession: (sessionId, atMs) => use(() => endSession(db, sessionId, atMs)),
    addSignInLink: (link) => use(() => addSignInLink(db, link)),
    findSignInLink: (secretHash) => use(() => findSignInLink(db, secretHash)),
    spendSignInLink: (secretHash, atMs) => use(() => spendSignInLink(db, secretHash, atMs)),
    ...bulkOn(connection, use),
    ping: () =>
      use(async () => db.execute('select 1')).then(
        () => true,
        () => false,
      ),
    close: () => (closed ??= connection.close()),
  };
}
