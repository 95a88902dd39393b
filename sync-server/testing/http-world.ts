import { createHash, randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import {
  deviceAuthText,
  PROTOCOL_HEADER,
  requestText,
  SIGNATURE_HEADER,
  SOCKET_PATH,
  SYNC_PROTOCOL_VERSION,
  zErrorAnswer,
  zSignInAnswer,
  zTokenAnswer,
} from '../../shared/sync/messages.ts';
import { type App, buildApp } from '../http/app.ts';
import { addPerson } from '../services/set-up-college.ts';
import {
  enrolDesk,
  makeCollege,
  openTestServer,
  password,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';

export const groupRoles = ['super_accountant', 'auditor', 'it_admin', 'superuser'] as const;

export interface Asked {
  readonly method?: string;
  readonly token?: string;
  readonly body?: Plain | Buffer;
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** The server listening, two colleges, a desk of one of them, and a token of a person in every role. */
export class HttpWorld {
  readonly server: TestServer;
  readonly app: App;
  readonly url: string;
  readonly mine: TestCollege;
  readonly theirs: TestCollege;
  readonly desk: TestDesk;
  readonly tokens = new Map<string, string>();
  deviceToken = '';
  /** Which desk a token was given to. */
  readonly #keepers = new Map<string, TestDesk>();

  constructor(
    server: TestServer,
    app: App,
    url: string,
    colleges: readonly [TestCollege, TestCollege],
    desk: TestDesk,
  ) {
    this.server = server;
    this.app = app;
    this.url = url;
    [this.mine, this.theirs] = colleges;
    this.desk = desk;
  }

  /** Asks with a token as the desk that got it would: signed with its key. */
  async ask(path: string, asked: Asked = {}) {
    const { token, body, raw, headers = {} } = asked;
    const isBytes = Buffer.isBuffer(body);
    const payload = raw ?? (isBytes ? new Uint8Array(body) : body === undefined ? null : canonicalText(body));
    const type = payload === null ? {} : { 'content-type': isBytes ? 'application/octet-stream' : 'application/json' };
    const method = asked.method ?? (payload === null ? 'GET' : 'POST');
    const desk = token === undefined ? undefined : this.#keepers.get(token);
    const proof = desk && token ? { [SIGNATURE_HEADER]: proofOf(desk, method, path, payload ?? '', token) } : {};
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        [PROTOCOL_HEADER]: String(SYNC_PROTOCOL_VERSION),
        ...type,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...proof,
        ...headers,
      },
      body: payload,
    });
    const bytes = Buffer.from(await answer.arrayBuffer());
    const text = bytes.toString();
    return { status: answer.status, text, bytes, headers: answer.headers, body: () => parseCanonical(text) };
  }

  /** The code of a refusal, after checking that its body is that of 001 section 5.2 and tells nothing of the inside. */
  async refused(path: string, asked: Asked = {}): Promise<string> {
    const answer = await this.ask(path, asked);
    const { error } = zErrorAnswer.parse(answer.body());
    expect(error.request_id).toBe(answer.headers.get('x-request-id'));
    expect(answer.text).not.toMatch(/node_modules|\.ts:\d|SELECT|stack/);
    return `${answer.status} ${error.code}`;
  }

  async tokenOf(one: TestDesk): Promise<string> {
    const proof = { deviceId: one.deviceId, at: this.server.clock.now(), nonce: randomBytes(12).toString('hex') };
    const body = { ...proof, signature: one.signRaw(deviceAuthText(proof)) };
    return this.#kept(one, zTokenAnswer.parse((await this.ask('/auth/device', { body })).body()).token);
  }

  async userToken(one: TestDesk, email: string): Promise<string> {
    const answer = await this.ask('/auth/sign-in', { token: await this.tokenOf(one), body: { email, password } });
    return this.#kept(one, zSignInAnswer.parse(answer.body()).token);
  }

  #kept(desk: TestDesk, token: string): string {
    this.#keepers.set(token, desk);
    return token;
  }

  /** The first word of a desk over the socket. */
  async hello(one: TestDesk): Promise<string> {
    const token = await this.tokenOf(one);
    return canonicalText({ kind: 'hello', token, signature: proofOf(one, 'GET', SOCKET_PATH, '', token) });
  }

  /** New tokens for everybody: at the beginning, and after the clock was moved on. */
  async refreshTokens(): Promise<void> {
    this.deviceToken = await this.tokenOf(this.desk);
    this.tokens.set('college_accounts_admin', await this.userToken(this.desk, this.mine.accountant));
    this.tokens.set('principal', await this.userToken(this.desk, this.mine.principal));
    const group = await enrolDesk(this.server, [this.mine.id, this.theirs.id], 'Group');
    for (const role of groupRoles) this.tokens.set(role, await this.userToken(group, `${role}@group.example`));
  }

  async close(): Promise<void> {
    await this.app.http.close();
    expect(this.server.faults).toEqual([]);
    await this.server.close();
  }
}

export function proofOf(
  desk: TestDesk,
  method: string,
  path: string,
  body: string | Uint8Array,
  token: string,
): string {
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  return desk.signRaw(requestText({ method, path, bodySha256, token }));
}

export async function openHttpWorld(databaseUrl: string | null = null): Promise<HttpWorld> {
  const server = await openTestServer(databaseUrl);
  const app = buildApp(server.context);
  const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
  const colleges = [await makeCollege(server, 'MINE'), await makeCollege(server, 'THEIRS')] as const;
  const [mine, theirs] = colleges;
  for (const role of groupRoles) {
    const person = { name: role, email: `${role}@group.example`, role, password };
    await addPerson(server.context, person, [mine.id, theirs.id]);
  }
  const world = new HttpWorld(server, app, url, colleges, await enrolDesk(server, [mine.id]));
  await world.refreshTokens();
  return world;
}
