/** From what a provider says of a person to a name and a role. */
import { z } from 'zod';
import type { OidcSettings } from '../../config/signInSettings.js';
import { roles, type Role } from '../../register/types.js';
import { freeText } from '../plainJson.js';

/** What a provider says of somebody, in the ID token or at its userinfo endpoint. */
export type Claims = Readonly<Record<string, unknown>>;

const claimsSchema = z.record(z.string(), z.unknown());
const textsSchema = z.union([z.string().transform((text) => [text]), z.array(z.unknown())]);

/** A claim by its name, or by a path where no claim has the whole text for its name: `realm_access.roles`. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  const [first = '', ...rest] = name.split('.');
  if (rest.length === 0) return undefined;
  const { data } = claimsSchema.safeParse(Object.hasOwn(claims, first) ? claims[first] : undefined);
  return data && claimAt(data, rest.join('.'));
}

/** The highest role that the claims give; undefined where they give none. */
export function roleOf(claims: Claims, { roleClaim, roleValues }: OidcSettings): Role | undefined {
  const { data = [] } = textsSchema.safeParse(claimAt(claims, roleClaim));
  return roles.findLast((role) => data.includes(roleValues[role]));
}

/** Whether the claims say anything of roles, so that nobody need be asked further. */
export const tellsRoles = (claims: Claims, { roleClaim }: OidcSettings): boolean =>
  claimAt(claims, roleClaim) !== undefined;

const NAMES = ['name', 'preferred_username', 'email', 'sub'];

/** As the audit trail names them: the first of name, user name, address and subject that can be shown. */
export function nameOf(claims: Claims): string {
  for (const claim of NAMES) {
    const { data } = freeText().safeParse(claims[claim]);
    if (data !== undefined) return data;
  }
  return 'somebody without a name';
}
