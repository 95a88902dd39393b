import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { type Id, toHex } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { LinkEvent, SyncLink, SyncTarget } from '../../shared/ports/sync-link.ts';
import {
  deviceAuthText,
  zEnrolAnswer,
  zPullAnswer,
  zPushAnswer,
  zSignInAnswer,
  zTokenAnswer,
} from '../../shared/sync/messages.ts';
import { SimKey } from './keys.ts';
import { type Life, never } from './life.ts';
import type { Network } from './network.ts';

/** What the process with the keychain keeps over every crash. */
export interface KeyRing {
  readonly byDevice: Map<Id, SimKey>;
  /** Made for an enrolment that the server may not know yet. */
  upcoming: SimKey | null;
}

export interface SimLinkOptions {
  readonly deskName: string;
  readonly life: Life;
  readonly network: Network;
  readonly keys: KeyRing;
  readonly random: Random;
}

interface Schema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false };
}

/** The way to the server as `HttpSyncLink` goes it, over the simulated network: canonical text, tokens, answers checked by schema. */
export class SimLink implements SyncLink {
  readonly #options: SimLinkOptions;
  readonly #listeners = new Set<(event: LinkEvent) => void>();
  #target: SyncTarget | null = null;
  #token: { readonly text: string; readonly goodUntil: number } | null = null;
  #watching = false;

  constructor(options: SimLinkOptions) {
    this.#options = options;
  }

  async use(target: SyncTarget | null): Promise<void> {
    if (this.#target?.deviceId !== target?.deviceId) this.#token = null;
    this.#target = target;
  }

  async enrol(request: { serverUrl: string; code: string; deviceName: string }) {
    const { keys, random } = this.#options;
    keys.upcoming ??= new SimKey(random);
    const key = keys.upcoming;
    const body = { code: request.code, publicKey: key.publicKey, deviceName: request.deviceName };
    const answer = check(zEnrolAnswer, await this.#send('/enrol', body, null));
    keys.byDevice.set(answer.deviceId, key);
    keys.upcoming = null;
    return { ...answer, demonstration: false };
  }

  async signIn(request: { email: string; password: string }) {
    return check(zSignInAnswer, await this.#ask('/auth/sign-in', request));
  }

  async push(request: Parameters<SyncLink['push']>[0]) {
    return check(zPushAnswer, await this.#ask('/sync/push', request));
  }

  async pull(request: Parameters<SyncLink['pull']>[0]) {
    return check(zPullAnswer, await this.#ask('/sync/pull', request));
  }

  async diagnose(): Promise<never> {
    throw new MunimError('NOT_FOUND', { what: 'address' });
  }

  async missingBlobs(_collegeId: Id, sha256s: readonly string[]): Promise<readonly string[]> {
    return sha256s;
  }

  async putBlob(): Promise<void> {}

  async getBlob(): Promise<Uint8Array> {
    throw new MunimError('NOT_FOUND', { what: 'receipt' });
  }

  async watch(on: boolean): Promise<void> {
    this.#watching = on;
  }

  onEvent(listener: (event: LinkEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  poke(collegeId: Id, version: number): void {
    if (!this.#watching || this.#options.life.isDead) return;
    for (const listener of this.#listeners) listener({ kind: 'poke', collegeId, version });
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    await this.#options.life.gate();
    return this.#key().sign(bytes);
  }

  #key(): SimKey {
    const key = this.#target === null ? undefined : this.#options.keys.byDevice.get(this.#target.deviceId);
    if (key === undefined) throw new MunimError('KEYCHAIN_KEY_LOST');
    return key;
  }

  async #ask(path: string, value: object): Promise<unknown> {
    try {
      return await this.#send(path, value, await this.#deviceToken());
    } catch (thrown) {
      if (toMunimError(thrown).code !== 'AUTH_REQUIRED') throw thrown;
      this.#token = null;
      return await this.#send(path, value, await this.#deviceToken());
    }
  }

  async #deviceToken(): Promise<string> {
    const { life, random } = this.#options;
    if (this.#token !== null && life.clock.now() < this.#token.goodUntil) return this.#token.text;
    if (this.#target === null) throw new MunimError('SYNC_OFFLINE');
    const proof = { deviceId: this.#target.deviceId, at: life.clock.now(), nonce: toHex(random.bytes(16)) };
    const signature = Buffer.from(this.#key().sign(new TextEncoder().encode(deviceAuthText(proof)))).toString('base64');
    const answer = check(zTokenAnswer, await this.#send('/auth/device', { ...proof, signature }, null));
    this.#token = { text: answer.token, goodUntil: proof.at + limits.auth.deviceTokenMs - 30_000 };
    return answer.token;
  }

  async #send(path: string, value: object, token: string | null): Promise<unknown> {
    const { network, deskName, life } = this.#options;
    try {
      const answer = await network.send(deskName, { path, token, body: canonicalText(value as Plain) });
      return life.isDead ? never() : answer;
    } catch (thrown) {
      return life.isDead ? never() : Promise.reject(thrown);
    }
  }
}

function check<T>(schema: Schema<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new MunimError('SYNC_BAD_ANSWER', { detail: 'not the expected form' });
  return parsed.data;
}
