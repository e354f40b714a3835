/** Keeps the links that mails carry out of the log: whoever has one can open the page. */
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';

const HIDDEN = '[link]';
/** Three parts of base64url, as a signed token has them, wherever it stands. */
const TOKEN = /[\w-]{8,}\.[\w-]{8,}\.[\w-]{8,}/g;

/** What comes back from a provider: a code and a state, which nobody else is to see. */
const PROVIDER_ANSWER = /^(\/+sign-in\/+callback)\?.*/i;

/** An address as a log may show it: `/p/eyJ….….…/help` is `/p/[link]/help`, and so for calendars and signing in. */
export const loggableUrl = (url: string): string =>
  url
    .replace(/^(\/+(?:p|calendar|sign-in\/+with)\/+)[^/?#]+/i, `$1${HIDDEN}`)
    .replace(PROVIDER_ANSWER, `$1?${HIDDEN}`)
    .replace(TOKEN, HIDDEN);

/** The log with requests as it may show them. */
export const withPrivateUrls = (logger: FastifyBaseLogger): FastifyBaseLogger =>
  logger.child(
    {},
    {
      serializers: {
        req: ({ method, url, host, ip }: FastifyRequest) => ({
          method,
          url: loggableUrl(url),
          host,
          remoteAddress: ip,
        }),
      },
    },
  );
