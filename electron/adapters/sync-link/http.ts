import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { Agent, type Dispatcher, request } from 'undici';
import { canonicalText, type Plain, parseCanonical } from '../../../shared/kernel/canonical.ts';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { PROTOCOL_HEADER, SYNC_PROTOCOL_VERSION, zErrorAnswer } from '../../../shared/sync/messages.ts';

const gzipAside = promisify(gzip);
const gunzipAside = promisify(gunzip);

export interface HttpOptions {
  /** PEM text of the only authority whose certificates are trusted; the system's when absent. */
  readonly caPem?: string | undefined;
}

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  /** Headers by which the desk proves itself, made for this body. */
  readonly prove?: ((body: string | Uint8Array) => Promise<Readonly<Record<string, string>>>) | undefined;
  /** Canonical text for a value, bytes as they are. */
  readonly body?: { readonly value: unknown } | { readonly bytes: Uint8Array };
  readonly answer: 'value' | 'bytes' | 'nothing';
  /** The header that names the SHA-256 of the answer in hex. */
  readonly digestHeader?: string;
}

/** Sends calls to the sync-server and tells its answers from everything else that may answer on a campus network. */
export class Http {
  readonly #agent: Agent;

  constructor(options: HttpOptions) {
    this.#agent = new Agent({
      connect: {
        timeout: limits.sync.connectTimeoutMs,
        ...(options.caPem === undefined ? {} : { ca: options.caPem }),
      },
      headersTimeout: limits.sync.requestTimeoutMs,
      bodyTimeout: limits.sync.requestTimeoutMs,
      maxResponseSize: limits.sync.answerBytesMax,
      connections: 4,
    });
  }

  /** @throws MunimError SYNC_OFFLINE, SYNC_BAD_CERTIFICATE, SYNC_BAD_ANSWER, or what the server refused with */
  async send(call: Call): Promise<unknown> {
    const response = await this.#request(call);
    const bytes = await unpack(response, await readBody(response));
    const type = String(response.headers['content-type'] ?? '').split(';', 1)[0];
    if (response.statusCode >= 300) throw refusalOf(response.statusCode, type, bytes);
    if (call.answer === 'nothing') return null;
    if (call.answer === 'bytes') {
      if (type !== 'application/octet-stream') throw badAnswer(`content type ${type}`);
      const { digestHeader } = call;
      const isWhole =
        digestHeader === undefined ||
        response.headers[digestHeader] === createHash('sha256').update(bytes).digest('hex');
      if (!isWhole) throw badAnswer('an answer that was damaged on the way');
      return bytes;
    }
    if (type !== 'application/json') throw badAnswer(`content type ${type}`);
    return parse(bytes);
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }

  async #request(call: Call): Promise<Dispatcher.ResponseData> {
    const isBytes = call.body !== undefined && 'bytes' in call.body;
    const headers: Record<string, string> = {
      [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
      'accept-encoding': 'gzip',
    };
    if (call.body !== undefined) headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json';
    const body =
      call.body === undefined ? null : 'bytes' in call.body ? call.body.bytes : canonicalText(call.body.value as Plain);
    // Signed as it is meant, packed only for the way. Bytes are receipts, which are packed already.
    Object.assign(headers, await call.prove?.(body ?? ''));
    const isPacked = typeof body === 'string' && body.length >= limits.sync.packFromBytes;
    if (isPacked) headers['content-encoding'] = 'gzip';
    const sent = isPacked ? await gzipAside(body) : body;
    try {
      return await request(call.url, { method: call.method, dispatcher: this.#agent, headers, body: sent });
    } catch (thrown) {
      throw networkError(thrown);
    }
  }
}

/**
 * The address of a server as the desk keeps it. Plain HTTP would send passwords in the open, so it is taken only to this machine.
 * @throws MunimError INPUT_INVALID
 */
export function checkServerUrl(text: string): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new MunimError('INPUT_INVALID', { where: 'serverUrl' });
  }
  const isLoopback = ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  const fits = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback);
  if (!fits || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new MunimError('INPUT_INVALID', { where: 'serverUrl' });
  }
  return url.href.replace(/\/+$/, '');
}

/** Not more than an answer of the server has, however small it came. */
async function unpack(response: Dispatcher.ResponseData, bytes: Uint8Array): Promise<Uint8Array> {
  const encoding = response.headers['content-encoding'];
  if (encoding === undefined || encoding === 'identity') return bytes;
  if (encoding !== 'gzip') throw badAnswer(`content encoding ${String(encoding)}`);
  try {
    return await gunzipAside(bytes, { maxOutputLength: limits.sync.answerBytesMax });
  } catch {
    throw badAnswer('an answer that cannot be unpacked');
  }
}

async function readBody(response: Dispatcher.ResponseData): Promise<Uint8Array> {
  try {
    return await response.body.bytes();
  } catch (thrown) {
    throw networkError(thrown);
  }
}

function parse(bytes: Uint8Array): unknown {
  try {
    return parseCanonical(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw badAnswer('no JSON');
  }
}

export const badAnswer = (detail: string): MunimError => new MunimError('SYNC_BAD_ANSWER', { detail });

/** Only a body of the server's own form is a refusal; a proxy's page or a redirect to a sign-in page is not. */
function refusalOf(status: number, type: string | undefined, bytes: Uint8Array): MunimError {
  if (type === 'application/json') {
    const read = zErrorAnswer.safeParse(parse(bytes));
    if (read.success) return new MunimError(read.data.error.code, read.data.error.details);
  }
  if (status === 502 || status === 503 || status === 504) return new MunimError('SYNC_OFFLINE', { status });
  return badAnswer(`status ${status}`);
}

/** What OpenSSL and Node call a certificate that does not fit; their names are stable, their messages are not. */
const certificateCode =
  /^(ERR_TLS_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|ERR_SSL_)/;

export function networkError(thrown: unknown): MunimError {
  for (let problem = thrown; problem instanceof Error; problem = problem.cause) {
    const code = 'code' in problem && typeof problem.code === 'string' ? problem.code : '';
    if (certificateCode.test(code)) return new MunimError('SYNC_BAD_CERTIFICATE', { detail: code }, { cause: thrown });
    if (code === 'UND_ERR_RES_EXCEEDED_MAX_SIZE') return badAnswer('larger than any answer of the server');
    if (code.startsWith('HPE_')) return badAnswer('no HTTP');
  }
  return new MunimError('SYNC_OFFLINE', {}, { cause: thrown });
}
