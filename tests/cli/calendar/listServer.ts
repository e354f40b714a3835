import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ListServer {
  url: string;
  close(): Promise<void>;
}

/** A web server on this machine that answers every request in the same way. */
export async function serve(answer: RequestListener): Promise<ListServer> {
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that answers with this text. */
export const serveText = (text: string | Buffer, status = 200): Promise<ListServer> =>
  serve((_, response) => response.writeHead(status, { 'content-type': 'application/json' }).end(text));
