/** Which cookies signing in needs, and how they are set. */
import type { CookieSerializeOptions } from '@fastify/cookie';

export interface Cookies {
  /** Holds the secret of a session. */
  session: string;
  /** Between the link that signs in once and the press of the button. */
  link: string;
  /** Between the way to the provider and the way back. */
  flow: string;
  options: CookieSerializeOptions;
}

/** Longer is nobody on the way between two pages of signing in. */
export const ON_THE_WAY_SECONDS = 600;

/**
 * With `__Host-` a browser takes a cookie over TLS alone, and from this very host. Without TLS, which is on one machine, the
 * port keeps two systems apart that would else share their cookies.
 *
 * @param publicUrl under which people reach the pages
 */
export function cookiesFor(publicUrl: string): Cookies {
  const { protocol, port } = new URL(publicUrl);
  const secure = protocol === 'https:';
  const named = (what: string): string => (secure ? `__Host-leadtime-${what}` : `leadtime-${what}-${port || '80'}`);
  return {
    session: named('session'),
    link: named('link'),
    flow: named('flow'),
    options: { path: '/', httpOnly: true, sameSite: 'lax', secure },
  };
}
