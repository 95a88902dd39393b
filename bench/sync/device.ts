import { createHash, createPrivateKey, type KeyObject, randomBytes, sign } from 'node:crypto';
import { zstdDecompressSync } from 'node:zlib';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import {
  deviceAuthText,
  PROTOCOL_HEADER,
  type PullAnswer,
  requestText,
  SIGNATURE_HEADER,
  type SignedCommand,
  SOCKET_PATH,
  SYNC_PROTOCOL_VERSION,
  zPullAnswer,
  zPushAnswer,
  zSnapshotHead,
  zSnapshotPart,
  zTokenAnswer,
} from '../../shared/sync/messages.ts';
import type { BenchCollege, BenchDevice } from './bench-server.ts';

/** A desk as far as the wire shows it: signs, pushes and pulls, and keeps no books. */
export class Device {
  readonly #url: string;
  readonly #deviceId: Id;
  readonly #key: KeyObject;
  #seq = 0;
  #token: { readonly text: string; readonly at: number } | null = null;

  constructor(url: string, device: BenchDevice) {
    this.#url = url;
    this.#deviceId = device.deviceId;
    this.#key = createPrivateKey({ key: Buffer.from(device.privateKey, 'base64'), format: 'der', type: 'pkcs8' });
  }

  newId(): Id {
    return uuidv7(Date.now(), randomBytes(10));
  }

  /** The next command of this device, signed. */
  command(college: BenchCollege, name: string, args: object): SignedCommand {
    this.#seq += 1;
    const text = canonicalText({
      id: this.newId(),
      collegeId: college.id,
      deviceId: this.#deviceId,
      seq: this.#seq,
      knows: 0,
      name,
      schemaVersion: 1,
      args: args as Plain,
      actorId: college.personId,
      occurredAt: Date.now(),
    });
    return { text, signature: this.#sign(text) };
  }

  /**
   * Pushes all, a message after the other, and makes the next one while the server works, as PouchDB does. Every one has to be applied.
   */
  async pushAll(commands: readonly SignedCommand[], perMessage: number): Promise<void> {
    const token = await this.#signedIn();
    const make = (from: number) => {
      const part = commands.slice(from, from + perMessage);
      return part.length === 0 ? null : this.#request('POST', '/sync/push', { commands: part }, token);
    };
    let next = make(0);
    for (let from = perMessage; next !== null; from += perMessage) {
      const answering = this.#send(next);
      next = make(from);
      const { results } = zPushAnswer.parse(parsed(await answering));
      const bad = results.find(({ status }) => status !== 'applied');
      if (bad !== undefined) throw new Error(`not applied: ${JSON.stringify(bad)}`);
    }
  }

  async pull(collegeId: Id, cursor: number): Promise<{ readonly page: PullAnswer; readonly bytes: number }> {
    const request = { collegeId, cursor, ackedSeq: this.#seq, limitRows: limits.sync.pullRowsMax };
    const said = await this.#send(this.#request('POST', '/sync/pull', request, await this.#signedIn()));
    return { page: zPullAnswer.parse(parsed(said)), bytes: said.byteLength };
  }

  /** Fetches a snapshot as a new desk does. @returns the bytes of its parts as they come over the wire */
  async snapshotBytes(collegeId: Id): Promise<number> {
    const token = await this.#signedIn();
    const get = (path: string) => this.#send(this.#request('GET', path, null, token));
    const root = `/sync/snapshot/${collegeId}`;
    let bytes = 0;
    for (const { name, rows } of zSnapshotHead.parse(parsed(await get(root))).tables) {
      let after: string | null = rows === 0 ? null : '00000000-0000-0000-0000-000000000000';
      while (after !== null) {
        const part = await get(`${root}/${name}/${after}`);
        bytes += part.byteLength;
        const text = zstdDecompressSync(part);
        after = zSnapshotPart.parse(parseCanonical(text.subarray(0, text.indexOf('\n')).toString())).next;
      }
    }
    return bytes;
  }

  /** What it says first over the socket for pokes. */
  async hello(): Promise<string> {
    const token = await this.token();
    return canonicalText({ kind: 'hello', token, signature: this.#proof('GET', SOCKET_PATH, '', token) });
  }

  async token(): Promise<string> {
    const proof = { deviceId: this.#deviceId, at: Date.now(), nonce: randomBytes(12).toString('hex') };
    const body = { ...proof, signature: this.#sign(deviceAuthText(proof)) };
    return zTokenAnswer.parse(parsed(await this.#send(this.#request('POST', '/auth/device', body, null)))).token;
  }

  #proof(method: string, path: string, body: string, token: string): string {
    return this.#sign(
      requestText({ method, path, bodySha256: createHash('sha256').update(body).digest('hex'), token }),
    );
  }

  #sign(text: string): string {
    return sign(null, Buffer.from(text, 'utf8'), this.#key).toString('base64');
  }

  async #signedIn(): Promise<string> {
    if (this.#token === null || Date.now() - this.#token.at > limits.auth.deviceTokenMs / 2) {
      this.#token = { text: await this.token(), at: Date.now() };
    }
    return this.#token.text;
  }

  #request(method: 'GET' | 'POST', path: string, value: object | null, token: string | null): Request {
    const body = value === null ? '' : canonicalText(value as Plain);
    return new Request(`${this.#url}${path}`, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
        ...(value === null ? {} : { 'content-type': 'application/json' }),
        ...(token === null
          ? {}
          : { authorization: `Bearer ${token}`, [SIGNATURE_HEADER]: this.#proof(method, path, body, token) }),
      },
      ...(value === null ? {} : { body }),
    });
  }

  async #send(request: Request): Promise<Buffer> {
    const answer = await fetch(request);
    const said = Buffer.from(await answer.arrayBuffer());
    if (!answer.ok) throw new Error(`${request.url} ${answer.status}: ${said.subarray(0, 300)}`);
    return said;
  }
}

const parsed = (said: Buffer): unknown => parseCanonical(said.toString());
