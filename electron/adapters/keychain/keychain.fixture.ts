// `keychain.fixture.ts BACKEND set|get|delete|probe|vault-put|vault-get|vault-look|choose NAME [TEXT]`: asks the keychain of the session it
// runs in, and says the answer as one JSON line.
import path from 'node:path';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { systemClock } from '../../../shared/ports/clock.ts';
import { systemRandom } from '../../../shared/ports/random.ts';
import { Vault } from '../vault/vault.ts';
import { systemKeychain } from './choose.ts';

const [backend = '', op = '', name = '', text = ''] = process.argv.slice(2);
const store = await systemKeychain(op === 'choose' ? null : backend);
const vault = new Vault({
  file: path.join(process.env.HOME ?? '', 'vault.json'),
  keychain: async () => store,
  clock: systemClock,
  random: systemRandom,
});

async function asked(): Promise<unknown> {
  if (op === 'choose') return { backend: store.backend };
  if (op === 'probe') return await store.probe();
  if (op === 'vault-look') return await vault.look();
  if (op === 'vault-rotate') return { rotated: await vault.rotate() };
  if (op === 'vault-put') await vault.put(name, 'test', Buffer.from(text));
  if (op.startsWith('vault-')) return { secret: Buffer.from(await vault.get(name)).toString() };
  if (op === 'set') await store.set(name, Buffer.from(text));
  if (op === 'delete') await store.delete(name);
  const reading = await store.get(name);
  const secret = reading.kind === 'found' ? Buffer.from(reading.secret).toString() : null;
  return { backend: store.backend, kind: reading.kind, secret };
}

const answer = await asked().catch((thrown: unknown) => {
  if (thrown instanceof MunimError) return { code: thrown.code };
  throw thrown;
});
process.stdout.write(`${JSON.stringify(answer)}\n`);
