import { generateKeyPairSync } from 'node:crypto';
import { vendors } from '../../shared/db/schema.ts';
import { inScope } from '../../shared/db/scope.ts';
import { gstinCheckDigit } from '../../shared/domain/identity/gstin.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, toHex, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { publicKeyOf, signText } from '../adapters/device-keys.ts';
import { usableDevice } from '../services/authenticate.ts';
import { unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { revokeDevice } from '../services/devices.ts';
import { enrol, issueEnrolCode } from '../services/enrol.ts';
import { push } from '../services/push.ts';
import { addPerson, setUpCollege } from '../services/set-up-college.ts';
import { bindPerson } from '../stores/devices.ts';
import { type DemoCollege, demoColleges, demoPassword, groupPeople } from './demo-books.ts';
import { planCollege } from './plan.ts';
import { bankCommands } from './plan-bank.ts';
import type { PlannedCommand } from './planned-command.ts';

export interface DemoPerson {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** Codes of the colleges he acts in. */
  readonly colleges: readonly string[];
}

export interface DemoGroup {
  readonly colleges: readonly { readonly id: Id; readonly code: string; readonly name: string }[];
  readonly people: readonly DemoPerson[];
  readonly commands: number;
}

/** Numbers that follow from a seed (xorshift32), so that every demonstration tells the same story. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0 || 1;
  const byte = (): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 24) & 0xff;
  };
  return { bytes: (count) => Uint8Array.from({ length: count }, byte) };
}

/**
 * Fills an empty server with a demonstration group: three colleges, their people, eight months of books, every entry a real signed
 * command through the real push. @param expenses how many in each college
 */
export async function seedDemo(
  context: ServerContext,
  chart: unknown,
  { seed = 20_261, expenses = 200 }: { readonly seed?: number; readonly expenses?: number } = {},
): Promise<DemoGroup> {
  const random = seededRandom(seed);
  const people: DemoPerson[] = [];
  const colleges: DemoGroup['colleges'][number][] = [];
  let commands = 0;
  for (const [collegeIndex, demo] of demoColleges.entries()) {
    const { id, code, name } = await setUpCollege(context, collegeFile(demo), chart);
    colleges.push({ id, code, name });
    const add = async (person: string, role: 'college_accounts_admin' | 'principal', mailbox: string): Promise<Id> => {
      const email = `${mailbox}@${demo.mail}`;
      people.push({ name: person, email, role, colleges: [code] });
      return addPerson(context, { name: person, email, role, password: demoPassword }, [id]);
    };
    const actors = {
      accountant: await add(demo.accountant, 'college_accounts_admin', 'accounts'),
      principal: await add(demo.principal, 'principal', 'principal'),
    };
    const plan = planCollege({
      collegeIndex,
      nowMs: context.clock.now(),
      expenses,
      random,
      sha256Hex: (bytes) => toHex(context.digest.sha256(bytes)),
    });
    for (const { sha256, bytes } of plan.receipts) await context.blobs.put(id, sha256, bytes);
    if (await isEmpty(context, id)) {
      await pushAll(context, { id, name }, actors, plan.commands, random);
      const bank = await bankCommands(context, id, (at) => uuidv7(at, random.bytes(10)));
      await pushAll(context, { id, name }, actors, bank, random);
      commands += plan.commands.length + bank.length;
    }
  }
  for (const person of groupPeople) {
    await addPerson(
      context,
      { ...person, password: demoPassword },
      colleges.map(({ id }) => id),
    );
    people.push({ ...person, colleges: colleges.map(({ code }) => code) });
  }
  return { colleges, people, commands };
}

const collegeFile = ({ code, name, address, stateCode, pan }: DemoCollege) => {
  const first14 = `${stateCode}${pan}1Z`;
  return { code, name, address, stateCode, pan, gstin: `${first14}${gstinCheckDigit(first14)}` };
};

/** A first start that was broken off has made some colleges already; what they have is left as it is. */
async function isEmpty(context: ServerContext, collegeId: Id): Promise<boolean> {
  const found = await inScope(context.database.db, [collegeId], (tx) =>
    tx.select({ id: vendors.id }).from(vendors).limit(1),
  );
  return found.length === 0;
}

/** Acts as a desk of the college that both people signed in on, and is taken out of use afterwards. */
async function pushAll(
  context: ServerContext,
  college: { readonly id: Id; readonly name: string },
  actors: Readonly<Record<PlannedCommand['actor'], Id>>,
  planned: readonly PlannedCommand[],
  random: Random,
): Promise<void> {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const { code } = await issueEnrolCode(context, [college.id]);
  const deviceName = `Demonstration, ${college.name}`;
  const { deviceId } = unwrap(await enrol(context, { code, publicKey: publicKeyOf(key), deviceName }));
  await inScope(context.database.db, [college.id], async (tx) => {
    for (const personId of Object.values(actors)) await bindPerson(tx, deviceId, personId, context.clock.now());
  });
  const device = unwrap(await usableDevice(context, deviceId));
  const signed = planned.map(({ at, actor, name, args }, index): SignedCommand => {
    const text = canonicalText({
      id: uuidv7(at, random.bytes(10)),
      collegeId: college.id,
      deviceId,
      seq: index + 1,
      knows: 0,
      name,
      schemaVersion: 1,
      args: args as Plain,
      actorId: actors[actor],
      occurredAt: at,
    });
    return { text, signature: signText(key, text) };
  });
  for (let from = 0; from < signed.length; from += limits.sync.pushCommandsMax) {
    const { results } = unwrap(await push(context, device, signed.slice(from, from + limits.sync.pushCommandsMax)));
    const refused = results.find((result) => result.status !== 'applied');
    if (refused?.code) throw new MunimError(refused.code, { ...refused.details, seq: refused.seq });
  }
  await revokeDevice(context, deviceId);
}
