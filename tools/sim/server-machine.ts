import { canonicalText, type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import { type ErrorCode, errorCatalogue, MunimError } from '../../shared/kernel/errors.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { Random } from '../../shared/ports/random.ts';
import {
  zDeviceAuthRequest,
  zEnrolRequest,
  zPullRequest,
  zPushRequest,
  zSignInRequest,
} from '../../shared/sync/messages.ts';
import { localBus } from '../../sync-server/adapters/bus-local.ts';
import { Metrics } from '../../sync-server/adapters/metrics.ts';
import { nodeDigest } from '../../sync-server/adapters/node-digest.ts';
import type { ServerKeys } from '../../sync-server/adapters/server-keys.ts';
import type { CollegeMoved } from '../../sync-server/ports/bus.ts';
import { deviceOfToken } from '../../sync-server/services/authenticate.ts';
import { read, unwrap } from '../../sync-server/services/checked.ts';
import type { ServerContext } from '../../sync-server/services/context.ts';
import { enrol } from '../../sync-server/services/enrol.ts';
import { faultOf } from '../../sync-server/services/faults.ts';
import { pull } from '../../sync-server/services/pull.ts';
import { push } from '../../sync-server/services/push.ts';
import { keepReplaying, replayParked } from '../../sync-server/services/replay-parked.ts';
import { authenticateDevice, signIn } from '../../sync-server/services/sign-in.ts';
import { TryLimiter } from '../../sync-server/services/try-limiter.ts';
import type { SimDatabase } from './database.ts';
import { SimKey } from './keys.ts';
import type { Life } from './life.ts';
import { Storage, type StorageHooks } from './storage.ts';

export interface Request {
  readonly path: string;
  readonly token: string | null;
  /** Canonical text. */
  readonly body: string;
}

/** An answer of the server as it goes over the wire: its body, or the error body of a refusal. */
export interface Answer {
  readonly refused: boolean;
  readonly text: string;
}

export interface ServerHooks extends StorageHooks {
  readonly onMoved: (moved: CollegeMoved) => void;
  /** What the server logs as a fault although nothing was planned to fail. */
  readonly onFault: (what: string, thrown: unknown) => void;
}

/** What stays of the server over a crash besides its database. */
export interface ServerFiles {
  readonly key: SimKey;
  readonly keys: ServerKeys;
}

export function makeServerFiles(random: Random, nowMs: number): ServerFiles {
  const key = new SimKey(random);
  return {
    key,
    keys: { deviceId: uuidv7(nowMs, random.bytes(10)), deviceKey: key.pkcs8, tokenKey: random.bytes(32) },
  };
}

/** No bank sends anything here. */
const noSecrets: ServerContext['webhookSecrets'] = {
  of: async () => [],
  all: async () => [],
  add: () => Promise.reject(new Error('no secrets here')),
  remove: async () => false,
};

/** One run of the sync-server: its services over its database, and its routes without HTTP around them. */
export class ServerMachine {
  readonly life: Life;
  readonly context: ServerContext;
  readonly #hooks: ServerHooks;

  constructor(life: Life, pg: SimDatabase, files: ServerFiles, random: Random, hooks: ServerHooks) {
    this.life = life;
    this.#hooks = hooks;
    const bus = localBus();
    bus.subscribe((news) => {
      if (!life.isDead && 'version' in news) hooks.onMoved(news);
    });
    this.context = {
      database: { kind: 'embedded', db: new Storage(pg, life, hooks).db, ping: async () => {}, close: async () => {} },
      clock: life.clock,
      random,
      digest: nodeDigest,
      keys: files.keys,
      passwords: {
        hash: async (password) => `plain ${password}`,
        matches: async (password, hash) => hash === `plain ${password}`,
      },
      bus,
      blobs: { put: async () => {}, get: async () => null, has: async () => false },
      signInTries: new TryLimiter(life.clock),
      log: {
        debug: () => {},
        info: () => {},
        warn: () => {},
        error: (event, thrown) => {
          if (faultOf(thrown).kind === 'lasting') hooks.onFault(event, thrown);
        },
      },
      metrics: new Metrics(),
      webhookSources: new Map(),
      webhookSecrets: noSecrets,
      serverName: 'Simulated server',
    };
  }

  /** What the server does by itself once it is up. */
  begin(): void {
    const { context } = this;
    replayParked(context).then(
      () => keepReplaying(context),
      (thrown: unknown) => {
        context.log.error('parked commands', thrown);
        // A server that cannot do this does not start.
        this.life.die();
      },
    );
  }

  /** Rejects when the server dies meanwhile. */
  async handle(request: Request): Promise<Answer> {
    return await Promise.race([this.#answer(request), this.life.death]);
  }

  async #answer(request: Request): Promise<Answer> {
    try {
      return { refused: false, text: await this.#route(request) };
    } catch (thrown) {
      return { refused: true, text: errorText(this.#refusalOf(request, thrown), this.life.clock.now()) };
    }
  }

  #refusalOf({ path }: Request, thrown: unknown): MunimError {
    if (thrown instanceof MunimError && !thrown.code.startsWith('ENGINE_')) return thrown;
    if (faultOf(thrown).kind === 'passing') return new MunimError('SERVER_UNAVAILABLE');
    this.#hooks.onFault(path, thrown);
    return new MunimError('INTERNAL');
  }

  /** The routes of sync-server/http/device-routes.ts. */
  async #route({ path, token, body }: Request): Promise<string> {
    const { context } = this;
    const value = parseCanonical(body);
    if (path === '/enrol') return plain(unwrap(await enrol(context, read(zEnrolRequest, value))));
    if (path === '/auth/device')
      return plain(unwrap(await authenticateDevice(context, read(zDeviceAuthRequest, value))));
    const device = unwrap(await deviceOfToken(context, token ?? undefined));
    if (path === '/auth/sign-in') return plain(unwrap(await signIn(context, device, read(zSignInRequest, value))));
    if (path === '/sync/push') {
      return plain(unwrap(await push(context, device, read(zPushRequest, value).commands)));
    }
    if (path === '/sync/pull') return unwrap(await pull(context, device, read(zPullRequest, value)));
    throw new MunimError('NOT_FOUND', { what: 'address' });
  }
}

const plain = (value: object): string => canonicalText(value as Plain);

function errorText({ code, details }: MunimError, nowMs: number): string {
  const timestamp = new Date(nowMs).toISOString();
  const message = errorCatalogue[code as ErrorCode].cause;
  return canonicalText({ error: { code, message, details: { ...details }, timestamp, request_id: 'req_simulated' } });
}
