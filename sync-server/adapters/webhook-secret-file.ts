import { readFile, stat } from 'node:fs/promises';
import { z } from 'zod';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Random } from '../../shared/ports/random.ts';
import { zId } from '../../shared/sync/command-args.ts';
import type { WebhookSecret, WebhookSecrets } from '../ports/webhook-secrets.ts';
import { writeWhole } from './durable-file.ts';

const zProvider = z.string().regex(/^[a-z][a-z0-9-]{1,39}$/);
const zSecret = z.strictObject({
  id: zId,
  provider: zProvider,
  secret: z.string().min(16).max(500),
  colleges: z.array(z.string().min(1).max(40)).max(500),
  allowsNoTime: z.boolean(),
});
const zFile = z.strictObject({ format: z.literal(1), secrets: z.array(zSecret).max(limits.webhook.secretsMax) });

/** The secrets in a file that only the server's own user can read. Processes over one database share it; a change counts at once. */
export class WebhookSecretFile implements WebhookSecrets {
  readonly #file: string;
  readonly #clock: Clock;
  readonly #random: Random;
  #read: { readonly stamp: string; readonly secrets: readonly WebhookSecret[] } | null = null;

  constructor(file: string, clock: Clock, random: Random) {
    this.#file = file;
    this.#clock = clock;
    this.#random = random;
  }

  async of(provider: string): Promise<readonly WebhookSecret[]> {
    return (await this.all()).filter((one) => one.provider === provider);
  }

  async all(): Promise<readonly WebhookSecret[]> {
    const stamp = await stampOf(this.#file);
    if (stamp === null) return [];
    if (this.#read?.stamp === stamp) return this.#read.secrets;
    const { secrets } = zFile.parse(JSON.parse(await readFile(this.#file, 'utf8')));
    this.#read = { stamp, secrets };
    return secrets;
  }

  async add(given: Omit<WebhookSecret, 'id'>): Promise<Id> {
    const id = uuidv7(this.#clock.now(), this.#random.bytes(10));
    const checked = zSecret.safeParse({ ...given, colleges: [...given.colleges], id });
    // Not what the schema says of it: that would repeat the secret.
    if (!checked.success) throw new MunimError('INPUT_INVALID', { where: String(checked.error.issues[0]?.path[0]) });
    await this.#write([...(await this.all()), checked.data]);
    return id;
  }

  async remove(id: Id): Promise<boolean> {
    const before = await this.all();
    const left = before.filter((one) => one.id !== id);
    if (left.length === before.length) return false;
    await this.#write(left);
    return true;
  }

  #write(secrets: readonly WebhookSecret[]): Promise<void> {
    return writeWhole(this.#file, JSON.stringify({ format: 1, secrets }, null, 1));
  }
}

async function stampOf(file: string): Promise<string | null> {
  try {
    const { mtimeMs, size, ino } = await stat(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT') return null;
    throw thrown;
  }
}
