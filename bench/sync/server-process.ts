// Our side: the whole sync-server in a process of its own, over PGlite or the PostgreSQL of DATABASE_URL. Two colleges, and devices that
// are enrolled by its own services before it listens, because over the network one address may not enrol hundreds.
// `server-process.ts FOLDER DESKS`
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { testTemplate } from '../../shared/engine/testing.ts';
import type { Result } from '../../shared/kernel/result.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { publicKeyOf } from '../../sync-server/adapters/device-keys.ts';
import { scryptPasswords } from '../../sync-server/adapters/passwords.ts';
import { openContext } from '../../sync-server/composition/open-context.ts';
import { chartFile, programRoot } from '../../sync-server/composition/places.ts';
import { buildApp } from '../../sync-server/http/app.ts';
import { readConfig } from '../../sync-server/main/config.ts';
import { usableDevice } from '../../sync-server/services/authenticate.ts';
import { enrol, issueEnrolCode } from '../../sync-server/services/enrol.ts';
import { lineLog } from '../../sync-server/services/log.ts';
import { addPerson, setUpCollege } from '../../sync-server/services/set-up-college.ts';
import { signIn } from '../../sync-server/services/sign-in.ts';
import type { BenchCollege, BenchDevice, BenchServer } from './bench-server.ts';
import { usedBytes } from './used-bytes.mjs';

const [dataDir, desks, databaseUrl] = process.argv.slice(2);
if (dataDir === undefined) throw new Error('server-process.ts FOLDER DESKS [DATABASE_URL]');
const config = good(
  readConfig({
    MUNIM_SERVER_PORT: '0',
    MUNIM_SERVER_DATA: dataDir,
    MUNIM_SERVER_TEMPLATE: await testTemplate(),
    MUNIM_SERVER_LOG: 'error',
    DATABASE_URL: databaseUrl,
  }),
);
const context = await openContext({
  config,
  log: lineLog('error', Date.now, (line) => process.stderr.write(line)),
  passwords: scryptPasswords(systemRandom, { N: 2 ** 10, r: 8, p: 1 }),
  onPoison: (reason) => {
    throw new Error(`the database is not sound: ${reason}`);
  },
});
const chart: unknown = JSON.parse(readFileSync(chartFile(programRoot()), 'utf8'));
const password = 'correct horse battery';

function good<T>(result: Result<T, unknown>): T {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.error)}`);
  return result.value;
}

async function makeCollege(code: string): Promise<BenchCollege> {
  const { id } = await setUpCollege(context, { code, name: `${code} College`, stateCode: '27' }, chart);
  const email = `accounts@${code.toLowerCase()}.example`;
  const role = 'college_accounts_admin';
  const personId = await addPerson(context, { name: `Accountant ${code}`, email, role, password }, [id]);
  return { id, code, personId, email, password };
}

async function makeDevice(college: BenchCollege, withPerson: boolean): Promise<BenchDevice> {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pkcs8 = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const { code } = await issueEnrolCode(context, [college.id]);
  const { deviceId } = good(await enrol(context, { code, publicKey: publicKeyOf(pkcs8), deviceName: 'Desk' }));
  if (withPerson) good(await signIn(context, good(await usableDevice(context, deviceId)), college));
  return { deviceId, privateKey: pkcs8 };
}

const colleges = [await makeCollege('ONE'), await makeCollege('TWO')];
const senders: BenchDevice[] = [];
for (const college of colleges) senders.push(await makeDevice(college, true));
const listeners: BenchDevice[] = [];
const [first] = colleges;
for (let index = 0; first && index < Number(desks ?? 0); index += 1) listeners.push(await makeDevice(first, false));

const app = buildApp(context);
const url = await app.http.listen({ port: 0, host: '127.0.0.1' });
const say = (value: unknown): void => console.log(JSON.stringify(value));
say({ url, colleges, senders, listeners } satisfies BenchServer);
for await (const line of createInterface({ input: process.stdin })) {
  const { op } = JSON.parse(line) as { readonly op: string };
  if (op === 'memory') {
    say({ usedBytes: await usedBytes() });
  } else if (op === 'code' && first) say({ code: (await issueEnrolCode(context, [first.id])).code });
  else throw new Error(`what is ${op}?`);
}
await app.http.close();
await context.database.close();
