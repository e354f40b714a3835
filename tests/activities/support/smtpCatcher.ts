import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer, type SMTPServerAddress, type SMTPServerOptions } from 'smtp-server';

export interface SmtpCatcher {
  url: string;
  port: number;
  /** What was accepted, in order. */
  mails: ParsedMail[];
  /** Answers a recipient, or a whole message, with this code instead of taking it; undefined takes it. */
  answer: {
    login?: () => number | undefined;
    sender?: () => number | undefined;
    recipient?: (address: string) => number | undefined;
    data?: () => number | undefined;
  };
  /** Called when a message has been accepted and before the sender is told so. */
  beforeAccepting: () => void | Promise<void>;
  close(): Promise<void>;
}

/** Starts a real SMTP server in this process that keeps what it is sent. @param options of the server: its size, its TLS, … */
export async function startSmtpCatcher(port = 0, options: SMTPServerOptions = {}): Promise<SmtpCatcher> {
  const catcher: SmtpCatcher = {
    url: '',
    port: 0,
    mails: [],
    answer: {},
    beforeAccepting: () => undefined,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    closeTimeout: 100,
    onAuth: ({ username = '' }, _session, done) => {
      done(refusal(catcher.answer.login?.(), username), { user: username });
    },
    onMailFrom: ({ address }: SMTPServerAddress, _session, done) => done(refusal(catcher.answer.sender?.(), address)),
    onRcptTo: ({ address }: SMTPServerAddress, _session, done) =>
      done(refusal(catcher.answer.recipient?.(address), address)),
    onData: (stream, _session, done) => {
      const taken = async (): Promise<void> => {
        const mail = await simpleParser(stream);
        const refused = refusal(catcher.answer.data?.(), 'somebody@example.org');
        if (refused === undefined) {
          catcher.mails.push(mail);
          await catcher.beforeAccepting();
        }
        done(refused);
      };
      taken().catch((error: unknown) => done(error instanceof Error ? error : new Error(String(error))));
    },
    ...options,
  });
  await new Promise<void>((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // From here on errors are the conversations' own: a sender that was killed resets its connection.
  server.removeAllListeners('error').on('error', () => undefined);
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the catcher has no port');
  return Object.assign(catcher, { port: address.port, url: `smtp://127.0.0.1:${address.port}` });
}

function refusal(code: number | undefined, address: string): Error | undefined {
  return code === undefined ? undefined : Object.assign(new Error(`no thanks, <${address}>`), { responseCode: code });
}
