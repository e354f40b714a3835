import type { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import type { SmtpSettings } from '../../config/environment.js';
import type { Addressee, OutboundMessage } from '../../rules/migration/messages.js';
import type { Delivery } from '../deliver/ports.js';
import { calendarAttachment } from './attachment.js';
import type { Mailer } from './mailer.js';
import type { LinkOfMessage } from './pageLink.js';
import { renderMessage } from './render.js';
import { refusedByAll, sentTo } from './smtpAnswer.js';

/** Generous for a slow server, and far below the time after which an attempt is given up. */
const CONNECT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 60_000;
const MINUTE_MS = 60_000;
/** On one's own machine, as the catcher is. */
const NEAR: SmtpSettings = { requireTls: false, connections: 4 };

/** The texts of mails on their way, by Message-ID: whether anything of one was read tells whether anything of it left. */
type Texts = Map<string, Readable>;

function connect(url: string, { requireTls, connections, perMinute }: SmtpSettings, texts: Texts): Transporter {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: connections,
    ...(perMinute !== undefined && { rateLimit: perMinute, rateDelta: MINUTE_MS }),
    // Port 465 is encrypted from the first byte; elsewhere STARTTLS has to be there, or nothing is said.
    requireTLS: requireTls,
    // A connection that closes in the middle of a message must be seen here: sending it again silently could send it twice.
    maxRequeues: 0,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: ANSWER_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return watchTexts(transport, texts);
}

function watchTexts(transport: Transporter, texts: Texts): Transporter {
  return transport.use('stream', ({ message, data }, done) => {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (options) => {
      const text = create(options);
      texts.set(String(data.messageId), text);
      return text;
    };
    done();
  });
}

/** What could end a line or an address in the conversation with the server never reaches it. */
const MAILABLE = /^[^\s<>\p{Cc}]+@[^\s<>@\p{Cc}]+$/u;

const addressOf = ({ name, email }: Addressee) => ({ name, address: email });

function envelopeAndHeaders(message: OutboundMessage, messageId: string) {
  const { csu } = message.about;
  const sender = { name: csu.name, address: csu.mailbox };
  const cc = message.cc.filter(({ email }) => email !== message.to.email && MAILABLE.test(email));
  return {
    from: sender,
    replyTo: sender,
    to: addressOf(message.to),
    cc: cc.map(addressOf),
    envelope: { from: csu.mailbox, to: [message.to.email, ...cc.map(({ email }) => email)] },
    messageId: `<${messageId}>`,
    // RFC 3834: no holiday replies to the mailbox, please.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Leadtime-Kind': message.kind },
  };
}

interface Way {
  transport: Transporter;
  texts: Texts;
  linkOf: LinkOfMessage;
}

async function sendOver(way: Way, message: OutboundMessage, messageId: string): Promise<Delivery> {
  const { transport, texts, linkOf } = way;
  if (!MAILABLE.test(message.to.email)) return { outcome: 'undeliverable', detail: 'this is no email address' };
  const parts = { ...renderMessage(message, await linkOf(message)), ...calendarAttachment(message) };
  const mail = { ...envelopeAndHeaders(message, messageId), ...parts };
  try {
    return sentTo(message.to.email, await transport.sendMail(mail));
  } catch (error) {
    return refusedByAll(error, texts.get(mail.messageId)?.readableDidRead === true);
  } finally {
    texts.delete(mail.messageId);
  }
}

/** Mails messages over SMTP. @param url with user and password, where the server wants them */
export function createSmtp(url: string, linkOf: LinkOfMessage, settings: SmtpSettings = NEAR): Mailer {
  const texts: Texts = new Map();
  const transport = connect(url, settings, texts);
  return {
    send: async (message, messageId) => sendOver({ transport, texts, linkOf }, message, messageId),
    check: async () => {
      await transport.verify();
    },
    close: () => transport.close(),
  };
}
