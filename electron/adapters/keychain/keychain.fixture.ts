// `keychain.fixture.ts set|get|delete NAME [TEXT]`: asks the keychain of the session it runs in, and says the answer as one JSON line.
import { systemKeychain } from './choose.ts';

const [op, name = '', text = ''] = process.argv.slice(2);
const store = await systemKeychain(op === 'get' ? 'napi-keyring' : null);
if (op === 'set') await store.set(name, Buffer.from(text));
if (op === 'delete') await store.delete(name);
const reading = await store.get(name);
const secret = reading.kind === 'found' ? Buffer.from(reading.secret).toString() : null;
process.stdout.write(`${JSON.stringify({ backend: store.backend, kind: reading.kind, secret })}\n`);
