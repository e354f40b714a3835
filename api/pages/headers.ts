/** What every page says to the browser: kept by nobody, found by no search. */
const COMMON = { 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow, noarchive' };

/** No script, nothing from elsewhere, in nobody's frame. */
const POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
];

const policy = (...more: string[]) => ({ 'content-security-policy': [...POLICY, ...more].join('; ') });

/** Of a page whose address opens it: nobody else hears the address. */
export const privatePageHeaders = { ...COMMON, ...policy(), 'referrer-policy': 'no-referrer' };

/** Of a page for operators. Its forms say where they come from. */
export const operatorPageHeaders = { ...COMMON, ...policy(), 'referrer-policy': 'same-origin' };

/** Of one for whoever is signed in: a script file of ours may ask us what has changed. */
export const livePageHeaders = { ...operatorPageHeaders, ...policy("script-src 'self'", "connect-src 'self'") };
