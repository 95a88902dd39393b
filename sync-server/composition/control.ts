import { timingSafeEqual } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import { z } from 'zod';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { isErrorCode, MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import { zDetails } from '../../shared/sync/messages.ts';
import { writeWhole } from '../adapters/durable-file.ts';
import type { ServerConfig } from '../main/config.ts';
import type { OpenContext } from './open-context.ts';
import { runOperatorCommand } from './operator-commands.ts';

/**
 * The way of the command line to a running server, which alone may open the embedded books: a listener on the loopback address whose
 * port and token stand in a file that only the server's own user can read.
 */
const controlFile = (dataDir: string): string => path.join(dataDir, 'control.json');
const zControl = z.strictObject({ port: z.int(), token: z.string() });
const zAsk = z.strictObject({ name: z.string(), input: z.unknown() });
const zReply = z.union([
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ ok: z.literal(false), code: z.string(), details: zDetails }),
]);

export interface Control {
  readonly close: () => Promise<void>;
}

export async function offerControl(context: OpenContext, config: ServerConfig): Promise<Control> {
  const token = toHex(context.random.bytes(32));
  const server = createServer({ requestTimeout: limits.server.requestTimeoutMs }, (asked, reply) => {
    void answer(context, config, token, asked, reply);
  });
  const port = await listen(server);
  await writeWhole(controlFile(config.dataDir), JSON.stringify({ port, token }));
  return {
    close: async () => {
      await rm(controlFile(config.dataDir), { force: true });
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port for the command line'));
      else resolve(address.port);
    });
  });
}

async function answer(
  context: OpenContext,
  config: ServerConfig,
  token: string,
  asked: IncomingMessage,
  reply: ServerResponse,
): Promise<void> {
  const given = Buffer.from(asked.headers.authorization ?? '');
  const wanted = Buffer.from(`Bearer ${token}`);
  if (asked.method !== 'POST' || given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
    reply.writeHead(403).end();
    return;
  }
  let result: Plain;
  try {
    const { name, input } = zAsk.parse(parseCanonical(await textOf(asked)));
    const value = await runOperatorCommand(context, config, name, input);
    result = { ok: true, value };
  } catch (thrown) {
    const problem = toMunimError(thrown);
    if (problem.code === 'INTERNAL') context.log.error('command line', thrown);
    result = { ok: false, code: problem.code, details: { ...problem.details } };
  }
  reply.writeHead(200, { 'content-type': 'application/json', connection: 'close' }).end(canonicalText(result));
}

async function textOf(stream: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = Buffer.from(chunk as Uint8Array);
    size += bytes.length;
    if (size > limits.sync.pushBytesMax) throw new MunimError('SYNC_TOO_LARGE');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Asks the server that runs over this data folder. @returns null when none does
 * @throws MunimError with what the server refused
 */
export async function askRunning(dataDir: string, name: string, input: Plain): Promise<{ value: Plain } | null> {
  let control: z.infer<typeof zControl>;
  try {
    control = zControl.parse(JSON.parse(await readFile(controlFile(dataDir), 'utf8')));
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
  const text = await post(control, canonicalText({ name, input }));
  if (text === null) return null;
  const reply = zReply.parse(parseCanonical(text));
  if (reply.ok) return { value: reply.value as Plain };
  throw new MunimError(isErrorCode(reply.code) ? reply.code : 'INTERNAL', reply.details);
}

/** @returns null when nobody listens there, because the server was killed and left its file */
function post({ port, token }: z.infer<typeof zControl>, body: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const asking = request({ host: '127.0.0.1', port, method: 'POST', headers }, (reply) => {
      textOf(reply).then((text) => (reply.statusCode === 200 ? resolve(text) : resolve(null)), reject);
    });
    asking.on('error', (thrown: Error & { code?: string }) =>
      thrown.code === 'ECONNREFUSED' ? resolve(null) : reject(thrown),
    );
    asking.end(body);
  });
}
