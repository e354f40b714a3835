import { createHmac, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

const sendingSchema = z.object({
  template_id: z.string(),
  email_address: z.string(),
  reference: z.string(),
  personalisation: z.record(z.string(), z.string()),
  email_reply_to_id: z.string().optional(),
  sanitise_content_for: z.array(z.string()).default([]),
});

export interface Taken {
  id: string;
  reference: string;
  email: string;
  personalisation: Record<string, string>;
  replyToId?: string | undefined;
  sanitised: string[];
  status: string;
}

const serviceId = '11111111-2222-4333-8444-555555555555';
const secret = '99999999-8888-4777-8666-555555555555';

/** A key as Notify gives it out: its name, the service and the secret. */
export const notifyKey = `migrations-${serviceId}-${secret}`;
export const notifyTemplate = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

interface Refusal {
  status: number;
  error: string;
  message: string;
  headers?: Record<string, string>;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string> | undefined;
}

/** Answers as GOV.UK Notify's public API documents them, and keeps what it has taken. */
export class NotifyServer {
  readonly taken: Taken[] = [];
  /** The answer to the next requests to send, in order; when used up, they are taken. */
  readonly answers: (Refusal | 'taken' | 'takenButNoAnswer')[] = [];
  readonly lookedUp: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    void this.answer(request).then((answer) => {
      if (answer === undefined) return void request.socket.destroy();
      response
        .writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers })
        .end(JSON.stringify(answer.body));
    });
  });
  url = '';

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
    return this;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage): Promise<Answer | undefined> {
    if (!isSigned(request))
      return refusal({ status: 403, error: 'AuthError', message: 'Invalid token: signature, api token not found' });
    const url = new URL(request.url ?? '/', this.url);
    if (request.method === 'GET') return this.lookUp(url);
    const body: unknown = JSON.parse(await textOf(request));
    return this.take(sendingSchema.parse(body));
  }

  private lookUp({ pathname, searchParams }: URL): Answer {
    if (pathname === `/v2/template/${notifyTemplate}`)
      return { status: 200, body: { id: notifyTemplate, type: 'email' } };
    if (pathname.startsWith('/v2/template/'))
      return refusal({ status: 404, error: 'NoResultFound', message: 'No result found' });
    const reference = searchParams.get('reference') ?? '';
    this.lookedUp.push(reference);
    const notifications = this.taken
      .filter((each) => each.reference === reference)
      .map((each) => ({ ...each, type: 'email' }));
    return { status: 200, body: { notifications, links: { current: pathname } } };
  }

  private take(body: z.infer<typeof sendingSchema>): Answer | undefined {
    const answer = this.answers.shift();
    if (typeof answer === 'object') return refusal(answer);
    const { template_id: template, email_address: email, reference, personalisation } = body;
    const { email_reply_to_id: replyToId, sanitise_content_for: sanitised } = body;
    if (template !== notifyTemplate)
      return refusal({ status: 400, error: 'BadRequestError', message: 'Template not found' });
    const id = randomUUID();
    this.taken.push({ id, reference, email, personalisation, replyToId, sanitised, status: 'created' });
    return answer === 'takenButNoAnswer' ? undefined : { status: 201, body: { id, reference } };
  }
}

const refusal = ({ status, error, message, headers }: Refusal): Answer => ({
  status,
  headers,
  body: { status_code: status, errors: [{ error, message }] },
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

/** A JSON Web Token of the service, signed with the key's secret. */
function isSigned({ headers }: IncomingMessage): boolean {
  const [head = '', payload = '', signature = ''] = (headers.authorization ?? '').replace('Bearer ', '').split('.');
  const wanted = createHmac('sha256', secret).update(`${head}.${payload}`).digest('base64url');
  const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString() || '{}');
  return signature === wanted && JSON.stringify(claims).includes(serviceId);
}
