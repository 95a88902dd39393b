import { MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { toHex } from '../../../shared/kernel/ids.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Random } from '../../../shared/ports/random.ts';
import type { LinkEvent, SyncLink, SyncTarget } from '../../../shared/ports/sync-link.ts';
import {
  deviceAuthText,
  zEnrolAnswer,
  zPullAnswer,
  zPushAnswer,
  zSignInAnswer,
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

type Send = Omit<Call, 'url' | 'token'> & { readonly path: string };
interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** The sync-server over HTTP and one WebSocket. Tokens and the device key stay in here. */
export class HttpSyncLink implements SyncLink {
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
      token: () => this.#deviceToken(),
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

  async putBlob(collegeId: string, sha256: string, bytes: Uint8Array): Promise<void> {
    await this.#send({ method: 'PUT', path: `/blobs/${collegeId}/${sha256}`, body: { bytes }, answer: 'nothing' });
  }

  async getBlob(collegeId: string, sha256: string): Promise<Uint8Array> {
    const bytes = await this.#send({ method: 'GET', path: `/blobs/${collegeId}/${sha256}`, answer: 'bytes' });
    if (!(bytes instanceof Uint8Array) || bytes.byteLength > limits.file.receiptBytesMax) throw badAnswer('no receipt');
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
    try {
      return await this.#http.send({ ...rest, url, token: await this.#deviceToken() });
    } catch (thrown) {
      if (toMunimError(thrown).code !== 'AUTH_REQUIRED') throw thrown;
      this.#token = null;
      return await this.#http.send({ ...rest, url, token: await this.#deviceToken() });
    }
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
    const signature = await this.#options.keys.sign(deviceId, new TextEncoder().encode(deviceAuthText(proof)));
    const body = { value: { ...proof, signature: Buffer.from(signature).toString('base64') } };
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

function read<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw badAnswer('not the expected form');
  return parsed.data;
}
