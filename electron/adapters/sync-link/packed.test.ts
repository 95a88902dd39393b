import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limits } from '../../../shared/kernel/limits.ts';
import { Http } from './http.ts';

let server: Server;
let url: string;
const http = new Http({});
const heard: { headers: IncomingHttpHeaders; body: Buffer }[] = [];
let answer: { readonly bytes: Uint8Array; readonly encoding: string | null } = {
  bytes: new Uint8Array(),
  encoding: null,
};

beforeAll(async () => {
  server = createServer(async (request, response) => {
    heard.push({ headers: request.headers, body: await buffer(request) });
    response.setHeader('content-type', 'application/json');
    if (answer.encoding !== null) response.setHeader('content-encoding', answer.encoding);
    response.end(answer.bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterAll(async () => {
  await http.close();
  server.close();
});

const post = (value: unknown, prove?: (body: string | Uint8Array) => Promise<Record<string, string>>) =>
  http.send({ method: 'POST', url, body: { value }, answer: 'value', ...(prove === undefined ? {} : { prove }) });

describe('what goes over the wire', () => {
  it('is packed when it is worth it, and signed as it was before', async () => {
    answer = { bytes: Buffer.from('{}'), encoding: null };
    const signed: string[] = [];
    const prove = async (body: string | Uint8Array) => {
      signed.push(String(body));
      return {};
    };
    await post({ text: 'a' }, prove);
    expect(heard.at(-1)?.headers['content-encoding']).toBeUndefined();
    await post({ text: 'chalk '.repeat(limits.sync.packFromBytes) }, prove);
    const { headers, body } = heard.at(-1) ?? expect.fail();
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', 'accept-encoding': 'gzip' });
    expect(body.byteLength).toBeLessThan(1_000);
    expect(gunzipSync(body).toString()).toBe(signed[1]);
  });

  it('is unpacked when the server packed it', async () => {
    answer = { bytes: gzipSync('{"rows":{"$n":"12"}}'), encoding: 'gzip' };
    expect(await post({})).toEqual({ rows: 12n });
  });

  it.each([
    ['a bomb', () => gzipSync(Buffer.alloc(2 * limits.sync.answerBytesMax, 32)), 'gzip'],
    ['noise', () => Buffer.from('{}'), 'gzip'],
    ['an encoding nobody asked for', () => Buffer.from('{}'), 'br'],
  ])('is no answer of the server when it is %s', async (_name, bytes, encoding) => {
    answer = { bytes: bytes(), encoding };
    await expect(post({})).rejects.toMatchObject({ code: 'SYNC_BAD_ANSWER' });
  });
});
