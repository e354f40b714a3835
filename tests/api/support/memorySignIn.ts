import type { OperatorSession, Register, SignInLink } from '../../../register/types.js';

type SignInRegister = Pick<
  Register,
  | 'addSession'
  | 'findSession'
  | 'touchSession'
  | 'sessions'
  | 'endSession'
  | 'addSignInLink'
  | 'findSignInLink'
  | 'spendSignInLink'
>;

/** Sessions and links that sign in once, in memory. */
export function createMemorySignIn(): SignInRegister & { kept: OperatorSession[]; links: SignInLink[] } {
  const kept: OperatorSession[] = [];
  const links: SignInLink[] = [];
  const running = (sessionId: string) =>
    kept.find((each) => each.sessionId === sessionId && each.endedAtMs === undefined);
  return {
    kept,
    links,
    addSession: async (session) => void kept.unshift(session),
    findSession: async (hash) => kept.find(({ secretHash }) => secretHash === hash),
    touchSession: async (sessionId, atMs) => {
      const session = running(sessionId);
      if (session !== undefined) session.seenAtMs = atMs;
    },
    sessions: async (atMs) => kept.filter((each) => each.endedAtMs === undefined && each.expiresAtMs > atMs),
    endSession: async (sessionId, atMs) => {
      const session = running(sessionId);
      if (session !== undefined) session.endedAtMs = atMs;
      return session;
    },
    addSignInLink: async (link) => void links.push(link),
    findSignInLink: async (hash) => links.find(({ secretHash }) => secretHash === hash),
    spendSignInLink: async (hash, atMs) => {
      const link = links.find(
        ({ secretHash, usedAtMs, expiresAtMs }) => secretHash === hash && usedAtMs === undefined && expiresAtMs > atMs,
      );
      if (link !== undefined) link.usedAtMs = atMs;
      return link;
    },
  };
}
