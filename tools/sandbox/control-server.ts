import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Control } from './control.ts';

const LINE_BYTES_MAX = 4_096;

/** The lines of the control over HTTP, on this machine only: `curl -H 'x-munim-sandbox: 1' -d 'list' http://127.0.0.1:9700`. */
export async function serveControl(
  control: Control,
  port: number,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const server: Server = createServer(async (request, response) => {
    const say = (status: number, text: string): void => {
      response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
    };
    // A page in a browser cannot send this header to another address without asking first.
    if (request.method !== 'POST' || request.headers['x-munim-sandbox'] !== '1') {
      say(403, 'POST a line with the header x-munim-sandbox: 1');
      return;
    }
    try {
      let line = '';
      for await (const chunk of request) {
        line += String(chunk);
        if (line.length > LINE_BYTES_MAX) throw new Error('the line is too long');
      }
      say(200, await control.run(line));
    } catch (thrown) {
      say(400, thrown instanceof Error ? thrown.message : 'that did not work');
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
