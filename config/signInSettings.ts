/** How operators sign in to the pages: at an OpenID Connect provider where one is set, and for how long. */
import type { Variables } from './environmentSchema.js';

/** The organisation's OpenID Connect provider. */
export interface OidcSettings {
  /** As the provider writes it, like `https://login.example.org/realms/csu`. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Scopes asked for, separated by spaces. */
  scope: string;
  /** The claim that tells what somebody may do: a name, or a path like `realm_access.roles`. */
  roleClaim: string;
  /** What stands in that claim for each role. */
  roleValues: { viewer: string; operator: string; admin: string };
}

export interface SessionSettings {
  /** A session that nobody uses ends after so many minutes. */
  idleMinutes: number;
  /** Every session ends after so many hours. */
  hours: number;
}

const TOGETHER = ['LEADTIME_OIDC_ISSUER', 'LEADTIME_OIDC_CLIENT_ID', 'LEADTIME_OIDC_CLIENT_SECRET'] as const;

/**
 * One sentence for each variable that is missing beside those that are set.
 *
 * @param unusable problems with variables that are set and cannot be read: those are not missing
 */
export function signInProblems(values: Readonly<Record<string, string>>, unusable: readonly string[]): string[] {
  const isGiven = (name: string) => values[name] !== undefined || unusable.some((problem) => problem.startsWith(name));
  if (!TOGETHER.some(isGiven)) return [];
  return TOGETHER.filter((name) => !isGiven(name)).map(
    (name) => `${name} is missing: signing in needs ${TOGETHER.join(', ')} together.`,
  );
}

/** Undefined where no provider is set: then links that work once sign people in. */
export function oidcOf(variables: Variables): OidcSettings | undefined {
  const { LEADTIME_OIDC_ISSUER: issuer, LEADTIME_OIDC_CLIENT_ID: clientId } = variables;
  const { LEADTIME_OIDC_CLIENT_SECRET: clientSecret } = variables;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  return {
    issuer,
    clientId,
    clientSecret,
    scope: variables.LEADTIME_OIDC_SCOPE,
    roleClaim: variables.LEADTIME_OIDC_ROLE_CLAIM,
    roleValues: {
      viewer: variables.LEADTIME_OIDC_VIEWER,
      operator: variables.LEADTIME_OIDC_OPERATOR,
      admin: variables.LEADTIME_OIDC_ADMIN,
    },
  };
}

export const sessionSettingsOf = (variables: Variables): SessionSettings => ({
  idleMinutes: variables.LEADTIME_SESSION_IDLE_MINUTES,
  hours: variables.LEADTIME_SESSION_HOURS,
});
