/** Who is signed in: a random secret in a cookie, its hash in the register. */
import { randomBytes } from 'node:crypto';
import { secretHash } from '../../config/apiToken.js';
import type { SessionSettings } from '../../config/signInSettings.js';
import type { OperatorSession, Register, Role, SignInWay } from '../../register/types.js';
import { orUnavailable } from '../operator/orUnavailable.js';
import { csrfSecretOf } from './csrf.js';

/** Somebody who has shown who they are. */
export interface Person {
  /** As the audit trail names them. */
  name: string;
  subject: string;
  role: Role;
  way: SignInWay;
}

/** Somebody who is signed in. */
export interface SignedIn extends Person {
  sessionId: string;
  /** What the tokens in forms are made from. */
  csrfSecret: string;
}

export type SessionRegister = Pick<
  Register,
  'addSession' | 'findSession' | 'touchSession' | 'sessions' | 'endSession' | 'appendSystemAudit'
>;

export interface SessionDependencies {
  register: SessionRegister;
  settings: SessionSettings;
  nowMs: () => number;
}

/** Every method throws ApiProblem 503 while the register is away. */
export interface Sessions {
  /** Starts a session and audits it. Always with a new secret: what a browser brought along is never taken on. */
  start(person: Person): Promise<{ secret: string; session: OperatorSession }>;
  /** Whose session a secret opens; undefined where it is none, or one that has ended. */
  of(secret: string | undefined): Promise<SignedIn | undefined>;
  /** The same, of what a page asks by itself: it does not count as being used. */
  look(secret: string | undefined): Promise<SignedIn | undefined>;
  /** Those that go on, the newest first. */
  list(): Promise<OperatorSession[]>;
  /** Ends a session now and audits it. @param by who ends it. False where there is none that goes on. */
  end(sessionId: string, by: string): Promise<boolean>;
}

const SECRET_BYTES = 32;
const ID_BYTES = 6;
const SECRET = /^[\w-]{43}$/;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

const goesOn = (session: OperatorSession, { idleMinutes }: SessionSettings, nowMs: number): boolean =>
  session.endedAtMs === undefined && nowMs < session.expiresAtMs && nowMs < session.seenAtMs + idleMinutes * MINUTE_MS;

function newSession(person: Person, secret: string, settings: SessionSettings, nowMs: number): OperatorSession {
  return {
    ...person,
    sessionId: randomBytes(ID_BYTES).toString('hex'),
    secretHash: secretHash(secret),
    createdAtMs: nowMs,
    seenAtMs: nowMs,
    expiresAtMs: nowMs + settings.hours * HOUR_MS,
  };
}

export function createSessions({ register, settings, nowMs }: SessionDependencies): Sessions {
  const audit = (actor: string, type: string, data: Record<string, unknown>) =>
    orUnavailable(register.appendSystemAudit({ atMs: nowMs(), actor, type, data }));
  /** Whose session a secret opens, and when it was last used. */
  const opened = async (secret: string | undefined): Promise<{ signedIn: SignedIn; seenAtMs: number } | undefined> => {
    if (secret === undefined || !SECRET.test(secret)) return undefined;
    const session = await orUnavailable(register.findSession(secretHash(secret)));
    if (session === undefined || !goesOn(session, settings, nowMs())) return undefined;
    const { sessionId, name, subject, role, way, seenAtMs } = session;
    return { signedIn: { sessionId, name, subject, role, way, csrfSecret: csrfSecretOf(secret) }, seenAtMs };
  };
  return {
    start: async (person) => {
      const secret = randomBytes(SECRET_BYTES).toString('base64url');
      const session = newSession(person, secret, settings, nowMs());
      const { sessionId, name, subject, role, way } = session;
      // Audited first: a session that nobody knows of must not exist.
      await audit(name, 'session.started', { sessionId, role, way, subject });
      await orUnavailable(register.addSession(session));
      return { secret, session };
    },
    of: async (secret) => {
      const found = await opened(secret);
      const now = nowMs();
      if (found !== undefined && now >= found.seenAtMs + MINUTE_MS)
        await orUnavailable(register.touchSession(found.signedIn.sessionId, now));
      return found?.signedIn;
    },
    look: async (secret) => (await opened(secret))?.signedIn,
    list: async () => {
      const now = nowMs();
      const sessions = await orUnavailable(register.sessions(now));
      return sessions.filter((session) => goesOn(session, settings, now));
    },
    end: async (sessionId, by) => {
      const ended = await orUnavailable(register.endSession(sessionId, nowMs()));
      if (ended !== undefined) await audit(by, 'session.ended', { sessionId, name: ended.name, role: ended.role });
      return ended !== undefined;
    },
  };
}
