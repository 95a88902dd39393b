import { createHash } from 'node:crypto';
import { canonicalText } from '../../../shared/kernel/canonical.ts';
import { MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { toHex } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { SnapshotLink } from '../../../shared/ports/snapshot-link.ts';
import type { LinkEvent, SyncLink, SyncTarget } from '../../../shared/ports/sync-link.ts';
import type { WebhookLink } from '../../../shared/ports/webhook-link.ts';
import {
  deviceAuthText,
  READER_VERSION,
  requestText,
  SIGNATURE_HEADER,
  SNAPSHOT_SHA256_HEADER,
  SOCKET_PATH,
  zDeadWebhooksAnswer,
  zDiagnoseAnswer,
  zEnrolAnswer,
  zForReader,
  zMissingBlobsAnswer,
  zPullAnswer,
  zPushAnswer,
  zSignInAnswer,
  zSnapshotHead,
  zTokenAnswer,
} from '../../../shared/sync/messages.ts';
import type { DeviceKeys } from '../vault/device-keys.ts';
import { badAnswer, type Call, checkServerUrl, Http } from './http.ts';
import { PokeSocket } from './poke-socket.ts';

export interface LinkOptions {
  readonly keys: DeviceKeys;
  readonly clock: Clock;
  readonly random: Random;
  readonly caPem?: string | undefined;
}

/** A token is renewed this long before the server would refuse it. */
const TOKEN_MARGIN_MS = 30_000;

type Send = Omit<Call, 'url' | 'prove'> & { readonly path: string };
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** The sync-server over HTTP and one WebSocket. Tokens and the device key stay in here. */
export class HttpSyncLink implements SyncLink, SnapshotLink, WebhookLink {
  readonly #options: LinkOptions;
  readonly #http: Http;
  readonly #socket: PokeSocket;
  readonly #listeners = new Set<(event: LinkEvent) => void>();
  #target: SyncTarget | null = null;
  #token: { readonly text: string; readonly goodUntil: number } | null = null;
  #renewing: Promise<string> | null = null;

  constructor(options: LinkOptions) {
    this.#options = options;
    this.#http = new Http({ caPem: options.caPem });
    this.#socket = new PokeSocket({
      ...options,
      address: () => this.#target?.serverUrl ?? null,
      hello: async () => {
        const { token, signature } = await this.#prove('GET', SOCKET_PATH, '');
        return canonicalText({ kind: 'hello', token, signature });
      },
      onEvent: (event) => {
        for (const listener of this.#listeners) listener(event);
      },
    });
  }

  async use(target: SyncTarget | null): Promise<void> {
    const serverUrl = target === null ? null : checkServerUrl(target.serverUrl);
    if (this.#target?.deviceId === target?.deviceId && this.#target?.serverUrl === serverUrl) return;
    this.#target = target === null || serverUrl === null ? null : { serverUrl, deviceId: target.deviceId };
    this.#token = null;
    this.#renewing = null;
    this.#socket.renew();
  }

  async enrol(request: { serverUrl: string; code: string; deviceName: string }) {
    const serverUrl = checkServerUrl(request.serverUrl);
    const key = await this.#options.keys.prepare();
    const body = { value: { code: request.code, publicKey: key.publicKey, deviceName: request.deviceName } };
    const answer = read(
      zEnrolAnswer,
      await this.#http.send({ method: 'POST', url: `${serverUrl}/enrol`, body, answer: 'value' }),
    );
    await key.adopt(answer.deviceId);
    return { ...answer, demonstration: await this.#runsDemonstration(serverUrl) };
  }

  async signIn(request: { email: string; password: string }) {
    return read(
      zSignInAnswer,
      await this.#send({ method: 'POST', path: '/auth/sign-in', body: { value: request }, answer: 'value' }),
    );
  }

  async diagnose(request: Parameters<SyncLink['diagnose']>[0]) {
    return read(
      zDiagnoseAnswer,
      await this.#send({ method: 'POST', path: '/sync/diagnose', body: { value: request }, answer: 'value' }),
    );
  }

  async push(request: Parameters<SyncLink['push']>[0]) {
    return read(
      zPushAnswer,
      await this.#send({ method: 'POST', path: '/sync/push', body: { value: request }, answer: 'value' }),
    );
  }

  async pull(request: Parameters<SyncLink['pull']>[0]) {
    return read(
      zPullAnswer,
      await this.#send({ method: 'POST', path: '/sync/pull', body: { value: request }, answer: 'value' }),
    );
  }

  async deadWebhooks(collegeId: string) {
    return read(
      zDeadWebhooksAnswer,
      await this.#send({ method: 'POST', path: '/sync/webhooks', body: { value: { collegeId } }, answer: 'value' }),
    );
  }

  async replayWebhook(collegeId: string, id: string): Promise<void> {
    const value = { collegeId, id };
    await this.#send({ method: 'POST', path: '/sync/webhooks/replay', body: { value }, answer: 'nothing' });
  }

  async missingBlobs(collegeId: string, sha256s: readonly string[]): Promise<readonly string[]> {
    const path = `/blobs/${collegeId}/missing`;
    const answer = await this.#send({ method: 'POST', path, body: { value: { sha256s } }, answer: 'value' });
    return read(zMissingBlobsAnswer, answer).missing;
  }

  async putBlob(collegeId: string, sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#send({ method: 'PUT', path: `/blobs/${collegeId}/${sha256}`, body: { bytes }, answer: 'nothing' });
  }

  async getBlob(collegeId: string, sha256: string): Promise<Uint8Array> {
    const bytes = await this.#send({ method: 'GET', path: `/blobs/${collegeId}/${sha256}`, answer: 'bytes' });
    if (!(bytes instanceof Uint8Array) || bytes.byteLength > limits.file.receiptBytesMax) throw badAnswer('no receipt');
    return bytes;
  }

  async snapshot(collegeId: string) {
    return read(
      zSnapshotHead,
      await this.#send({ method: 'GET', path: `/sync/snapshot/${collegeId}`, answer: 'value' }),
    );
  }

  async snapshotPart(collegeId: string, table: string, after: string): Promise<Uint8Array> {
    const path = `/sync/snapshot/${collegeId}/${table}/${after}`;
    const bytes = await this.#send({ method: 'GET', path, answer: 'bytes', digestHeader: SNAPSHOT_SHA256_HEADER });
    if (!(bytes instanceof Uint8Array)) throw badAnswer('no part of a snapshot');
    return bytes;
  }

  async watch(on: boolean): Promise<void> {
    this.#socket.watch(on);
  }

  onEvent(listener: (event: LinkEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    if (this.#target === null) throw new MunimError('KEYCHAIN_KEY_LOST');
    return await this.#options.keys.sign(this.#target.deviceId, bytes);
  }

  async close(): Promise<void> {
    this.#socket.watch(false);
    await this.#http.close();
  }

  /** Sends as this device; a token the server no longer takes is renewed once. */
  async #send(call: Send): Promise<unknown> {
    const target = this.#needTarget();
    const { path, ...rest } = call;
    const url = `${target.serverUrl}${path}`;
    const prove = async (body: string | Uint8Array) => {
      const { token, signature } = await this.#prove(call.method, path, body);
      return { authorization: `Bearer ${token}`, [SIGNATURE_HEADER]: signature };
    };
    try {
      return await this.#http.send({ ...rest, url, prove });
    } catch (thrown) {
      if (toMunimError(thrown).code !== 'AUTH_REQUIRED') throw thrown;
      this.#token = null;
      return await this.#http.send({ ...rest, url, prove });
    }
  }

  /** A token, and the signature by which it counts for this request and no other. */
  async #prove(method: string, path: string, body: string | Uint8Array): Promise<{ token: string; signature: string }> {
    const token = await this.#deviceToken();
    const bodySha256 = createHash('sha256').update(body).digest('hex');
    return { token, signature: await this.#signText(requestText({ method, path, bodySha256, token })) };
  }

  async #signText(text: string): Promise<string> {
    return Buffer.from(await this.sign(new TextEncoder().encode(text))).toString('base64');
  }

  #needTarget(): SyncTarget {
    if (this.#target === null) throw new MunimError('SYNC_OFFLINE');
    return this.#target;
  }

  async #deviceToken(): Promise<string> {
    if (this.#token !== null && this.#options.clock.now() < this.#token.goodUntil) return this.#token.text;
    const renewing = this.#renewing ?? this.#newToken();
    this.#renewing = renewing;
    try {
      return await renewing;
    } finally {
      if (this.#renewing === renewing) this.#renewing = null;
    }
  }

  async #newToken(): Promise<string> {
    const { serverUrl, deviceId } = this.#needTarget();
    const proof = { deviceId, at: this.#options.clock.now(), nonce: toHex(this.#options.random.bytes(16)) };
    const body = { value: { ...proof, signature: await this.#signText(deviceAuthText(proof)) } };
    const answer = read(
      zTokenAnswer,
      await this.#http.send({ method: 'POST', url: `${serverUrl}/auth/device`, body, answer: 'value' }),
    );
    // Measured by this desk's clock from the moment of asking: the server's clock may differ.
    const goodUntil = proof.at + limits.auth.deviceTokenMs - TOKEN_MARGIN_MS;
    if (this.#target?.deviceId === deviceId) this.#token = { text: answer.token, goodUntil };
    return answer.token;
  }

  /** A server with the demonstration group says so at `/demo`; any other has nothing there. */
  async #runsDemonstration(serverUrl: string): Promise<boolean> {
    try {
      await this.#http.send({ method: 'GET', url: `${serverUrl}/demo`, answer: 'value' });
      return true;
    } catch {
      return false;
    }
  }
}

/** @throws MunimError UNSUPPORTED_VERSION for a message that this version must not act on, whatever its form */
function read<T>(schema: Schema<T>, value: unknown): T {
  const wanted = zForReader.safeParse(value);
  if (wanted.success && wanted.data.minReader > READER_VERSION) {
    throw new MunimError('UNSUPPORTED_VERSION', { server: wanted.data.minReader });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badAnswer('not the expected form');
  return parsed.data;
}
