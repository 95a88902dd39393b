import { createHash, createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BucketPlace } from '../adapters/blob-s3.ts';

/** What a request may meet instead of its answer. */
export type Fault = 'error 500' | 'error 503' | 'reset' | 'silence' | 'half an answer';

export interface S3Endpoint {
  readonly place: BucketPlace;
  readonly objects: Map<string, Buffer>;
  /** One for each of the next requests. */
  readonly faults: Fault[];
  /** `METHOD path` of all that came, with what was answered. */
  readonly seen: string[];
  close(): Promise<void>;
}

const keys = { accessKeyId: 'munim-test', secretAccessKey: 'secret/of+the=test' };
const region = 'ap-south-1';
const bucket = 'receipts';
/** Of a page of a list; small, so that lists have several. */
const pageMax = 2;
const skewMaxMs = 15 * 60_000;

const sha256 = (data: string | Buffer): string => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The corner of S3 that Munim uses, over HTTP, for tests: objects of one bucket under `/receipts/…`, and lists of them by page. It works
 * the signature of every request out by itself, from what arrived (AWS Signature Version 4, "Authenticating Requests: Using the
 * Authorization Header"), because a stand-in that lets everybody in would say nothing about the keys.
 */
export async function startS3Endpoint(): Promise<S3Endpoint> {
  const objects = new Map<string, Buffer>();
  const faults: Fault[] = [];
  const seen: string[] = [];
  const server = createServer((asked, reply) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of asked) chunks.push(Buffer.from(chunk as Uint8Array));
      const answer = answerTo(asked, Buffer.concat(chunks), objects);
      const fault = faults.shift();
      seen.push(`${asked.method} ${asked.url} ${fault ?? answer.status}`);
      if (fault === undefined)
        reply.writeHead(answer.status, { 'content-length': answer.body.length }).end(answer.body);
      else spoil(fault, reply);
    })().catch(() => reply.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    place: { endpoint: `http://127.0.0.1:${port}`, region, bucket, prefix: 'books/', pathStyle: true, ...keys },
    objects,
    faults,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function spoil(fault: Fault, reply: ServerResponse): void {
  if (fault === 'reset') reply.destroy();
  else if (fault === 'half an answer') reply.writeHead(200, { 'content-length': 1_000 }).write('half');
  else if (fault !== 'silence') reply.writeHead(Number(fault.slice(-3))).end(errorBody('InternalError'));
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

const errorBody = (code: string): Buffer =>
  Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
const refused = (status: number, code: string): Answer => ({ status, body: errorBody(code) });

function answerTo(asked: IncomingMessage, body: Buffer, objects: Map<string, Buffer>): Answer {
  const url = new URL(asked.url ?? '/', 'http://s3');
  const wrong = wrongSignature(asked, url, body);
  if (wrong !== null) return refused(403, wrong);
  const [, name, ...rest] = decodeURIComponent(url.pathname).split('/');
  if (name !== bucket) return refused(404, 'NoSuchBucket');
  const key = rest.join('/');
  if (asked.method === 'PUT') {
    objects.set(key, body);
    return { status: 200, body: Buffer.alloc(0) };
  }
  if (asked.method !== 'GET' && asked.method !== 'HEAD') return refused(405, 'MethodNotAllowed');
  if (url.searchParams.get('list-type') === '2') return { status: 200, body: listed(url.searchParams, objects) };
  const found = objects.get(key);
  return found ? { status: 200, body: found } : refused(404, 'NoSuchKey');
}

function listed(asked: URLSearchParams, objects: Map<string, Buffer>): Buffer {
  const after = asked.get('continuation-token') ?? '';
  const keys = [...objects.keys()].sort().filter((key) => key.startsWith(asked.get('prefix') ?? '') && key > after);
  const page = keys.slice(0, pageMax);
  const more = page.length < keys.length;
  const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('');
  const next = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${next}${contents}</ListBucketResult>`,
  );
}

/** @returns the code of the refusal, or null for a request that the holder of the key signed as it stands */
function wrongSignature(asked: IncomingMessage, url: URL, body: Buffer): string | null {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=(\w+)$/.exec(
      asked.headers.authorization ?? '',
    );
  if (!said) return 'AccessDenied';
  const [, keyId, day = '', inRegion = '', signedHeaders = '', signature] = said;
  if (keyId !== keys.accessKeyId) return 'InvalidAccessKeyId';
  const at = String(asked.headers['x-amz-date']);
  const when = Date.parse(at.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(Date.now() - when) < skewMaxMs) || !at.startsWith(day)) return 'RequestTimeTooSkewed';
  const names = signedHeaders.split(';');
  if (!['host', 'x-amz-content-sha256', 'x-amz-date'].every((name) => names.includes(name))) return 'AccessDenied';
  const content = String(asked.headers['x-amz-content-sha256']);
  if (content !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const query = [...url.searchParams]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join('&');
  const headers = names.map((name) => `${name}:${String(asked.headers[name]).trim().replace(/\s+/g, ' ')}\n`).join('');
  const request = [asked.method, url.pathname, query, headers, signedHeaders, content].join('\n');
  const scope = `${day}/${inRegion}/s3/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', at, scope, sha256(request)].join('\n');
  const key = [inRegion, 's3', 'aws4_request'].reduce(hmac, hmac(`AWS4${keys.secretAccessKey}`, day));
  if (inRegion !== region) return 'AuthorizationHeaderMalformed';
  return hmac(key, toSign).toString('hex') === signature ? null : 'SignatureDoesNotMatch';
}

/** The settings of a server that keeps its receipts there. */
export const bucketEnvironment = (place: BucketPlace): Readonly<Record<string, string>> => ({
  MUNIM_SERVER_S3_BUCKET: place.bucket,
  MUNIM_SERVER_S3_ENDPOINT: place.endpoint ?? '',
  MUNIM_SERVER_S3_REGION: place.region,
  MUNIM_SERVER_S3_PREFIX: place.prefix,
  MUNIM_SERVER_S3_PATH_STYLE: place.pathStyle ? '1' : '',
  MUNIM_SERVER_S3_ACCESS_KEY: place.accessKeyId,
  MUNIM_SERVER_S3_SECRET_KEY: place.secretAccessKey,
});
