/** What every page says to the browser: kept by nobody, found by no search, no script, nothing from elsewhere, in nobody's frame. */
const COMMON = {
  'cache-control': 'no-store',
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'content-security-policy': [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
};

/** Of a page whose address opens it: nobody else hears the address. */
export const privatePageHeaders = { ...COMMON, 'referrer-policy': 'no-referrer' };

/** Of a page for whoever is signed in. Its forms say where they come from. */
export const operatorPageHeaders = { ...COMMON, 'referrer-policy': 'same-origin' };
