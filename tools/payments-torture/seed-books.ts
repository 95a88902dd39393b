import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import { inScope } from '../../shared/db/scope.ts';
import type { CommandArgs, CommandName } from '../../shared/domain/command/args.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { financialYearOf, istDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { SignedCommand } from '../../shared/sync/messages.ts';
import { billFields, vendorFields } from '../../shared/testing/entries.ts';
import { publicKeyOf, signText } from '../../sync-server/adapters/device-keys.ts';
import { closeContext, type OpenContext, openContext } from '../../sync-server/composition/open-context.ts';
import { chartFile, programRoot } from '../../sync-server/composition/places.ts';
import { readConfig } from '../../sync-server/main/config.ts';
import { usableDevice } from '../../sync-server/services/authenticate.ts';
import { unwrap } from '../../sync-server/services/checked.ts';
import { enrol, issueEnrolCode } from '../../sync-server/services/enrol.ts';
import { lineLog } from '../../sync-server/services/log.ts';
import { push } from '../../sync-server/services/push.ts';
import { addPerson, setUpCollege } from '../../sync-server/services/set-up-college.ts';
import { bindPerson } from '../../sync-server/stores/devices.ts';
import { Seeded } from '../torture/seeded.ts';
import {
  accountCodes,
  addedCodes,
  BILL_MAX_PAISE,
  bankAccount,
  beneficiaryAccount,
  COLLEGE,
  PASSWORD,
  type Plan,
  people,
  vendorCount,
} from './plan.ts';

export type Role = keyof typeof people;

/** What the others need to know of the books. */
export interface SeededBooks {
  readonly collegeId: Id;
  readonly bankAccountIds: readonly Id[];
  readonly people: Readonly<Record<Role, Id>>;
}

/** What has to have been entered long ago, because new bank details rest for a day. */
const AGO_MS = 3 * 24 * 60 * 60_000;

export function serverEnvironment({ folder, template }: Pick<Plan, 'folder' | 'template'>, port: number) {
  return {
    MUNIM_SERVER_DATA: `${folder}/server`,
    MUNIM_SERVER_TEMPLATE: template,
    MUNIM_SERVER_LOG: 'error',
    MUNIM_SERVER_PORT: String(port),
  };
}

/** Opens the books of the server in this process, while no server runs. */
export async function withServerBooks<T>(plan: Plan, work: (context: OpenContext) => Promise<T>): Promise<T> {
  const config = readConfig(serverEnvironment(plan, 0));
  if (!config.ok) throw new Error(config.error);
  const context = await openContext({
    config: config.value,
    log: lineLog('error', Date.now, (line) => process.stderr.write(line)),
    onPoison: (reason) => {
      throw new Error(reason);
    },
  });
  try {
    return await work(context);
  } finally {
    await closeContext(context);
  }
}

/**
 * Books with bills that wait to be paid: every entry a signed command of a desk that was offline for three days, through the real push, so that what takes
 * days in life has been waited for.
 */
export function seedBooks(plan: Plan): Promise<SeededBooks> {
  return withServerBooks(plan, async (context) => {
    const chart: unknown = JSON.parse(fs.readFileSync(chartFile(programRoot()), 'utf8'));
    const file = { code: COLLEGE, name: 'Sahyadri Valley College', stateCode: '27' };
    const { id: collegeId } = await setUpCollege(context, file, chart);
    const ids = {} as Record<Role, Id>;
    for (const [role, person] of Object.entries(people)) {
      ids[role as Role] = await addPerson(context, { ...person, password: PASSWORD }, [collegeId]);
    }
    const desk = await seedDesk(context, collegeId, ids);
    const bankAccountIds = await desk.bankAccounts(plan);
    await desk.bills(plan);
    await desk.flush();
    return { collegeId, bankAccountIds, people: ids };
  });
}

async function seedDesk(context: OpenContext, collegeId: Id, ids: Readonly<Record<Role, Id>>) {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
  const { code } = await issueEnrolCode(context, [collegeId]);
  const { deviceId } = unwrap(await enrol(context, { code, publicKey: publicKeyOf(key), deviceName: 'Old office PC' }));
  await inScope(context.database.db, [collegeId], async (tx) => {
    for (const personId of Object.values(ids)) await bindPerson(tx, deviceId, personId, context.clock.now());
  });
  const device = unwrap(await usableDevice(context, deviceId));
  const begun = context.clock.now() - AGO_MS;
  const newId = (): Id => uuidv7(begun, context.random.bytes(10));
  let seq = 0;
  let unsent: SignedCommand[] = [];
  const flush = async (): Promise<void> => {
    if (unsent.length === 0) return;
    const { results } = unwrap(await push(context, device, unsent));
    unsent = [];
    const refused = results.find(({ status }) => status !== 'applied');
    if (refused?.code) throw new MunimError(refused.code, { ...refused.details, seq: refused.seq });
  };
  const enter = async <N extends CommandName>(by: Role, name: N, args: CommandArgs[N]): Promise<void> => {
    seq += 1;
    const command = { id: newId(), collegeId, deviceId, seq, knows: 0, name, schemaVersion: 1, actorId: ids[by] };
    const text = canonicalText({ ...command, args: args as Plain, occurredAt: begun + seq });
    unsent.push({ text, signature: signText(key, text) });
    if (unsent.length >= limits.sync.pushCommandsMax) await flush();
  };
  return {
    flush,
    bankAccounts: async ({ banks, intents }: Plan): Promise<readonly Id[]> => {
      const made: Id[] = [];
      for (const bank of banks) {
        const { number: accountNumber, ifsc, openingPaise } = bankAccount(bank, intents);
        const bankAccountId = newId();
        const code = accountCodes[bank];
        if (addedCodes.has(code)) {
          const account = { code, name: `Bank: account at ${bank}`, kind: 'asset', groupCode: '12' } as const;
          await enter('clerk', 'account.create', {
            accountId: newId(),
            fields: { ...account, category: null, role: 'bank' },
          });
        }
        const named = { name: `Account at ${bank}`, bankName: bank, accountNumber, ifsc };
        const fields = { ...named, accountCode: code, connector: bank, fileFormat: null };
        await enter('clerk', 'bankAccount.create', { bankAccountId, fields });
        const paymentLimitPaise = BILL_MAX_PAISE * 2n;
        const dailyLimitPaise = openingPaise * 2n;
        await enter('principal', 'bankAccount.setLimits', {
          ...{ bankAccountId, revision: 1, paymentLimitPaise, dailyLimitPaise },
        });
        const line = { vendorId: null, departmentCode: null, fundCode: null };
        await enter('clerk', 'voucher.post', {
          ...{ voucherId: newId(), kind: 'receipt', date: istDate(begun), narration: 'What the account holds' },
          ...{ reference: null, referenceDate: null },
          lines: [
            { ...line, accountCode: code, debitPaise: openingPaise, creditPaise: 0n },
            { ...line, accountCode: '2300', debitPaise: 0n, creditPaise: openingPaise },
          ],
        });
        made.push(bankAccountId);
      }
      return made;
    },
    bills: async ({ intents, seed }: Plan): Promise<void> => {
      const random = new Seeded(seed);
      const billDate = istDate(begun);
      const allocated = { from: 0n, to: BigInt(intents) * BILL_MAX_PAISE * 2n };
      await enter('principal', 'budget.set', {
        financialYear: financialYearOf(billDate),
        category: 'supplies',
        allocated,
      });
      const vendors: Id[] = [];
      for (let index = 0; index < vendorCount(intents); index += 1) {
        const vendorId = newId();
        const accountName = `Godavari Traders ${index + 1}`;
        const details = { accountNumber: beneficiaryAccount(index), ifsc: 'HDFC0001234', accountName };
        await enter('clerk', 'vendor.create', { vendorId, fields: { ...vendorFields(accountName), ...details } });
        await enter('principal', 'beneficiary.approve', { vendorId, ...details, revision: 1 });
        vendors.push(vendorId);
      }
      for (let index = 0; index < intents; index += 1) {
        const expenseId = newId();
        const vendorId = vendors[index % vendors.length] ?? '';
        const taxablePaise = BigInt(random.between(100_00, Number(BILL_MAX_PAISE)));
        const fields = billFields(vendorId, billDate, { billNo: `B-${index + 1}`, taxablePaise });
        await enter('clerk', 'expense.create', { expenseId, fields });
        await enter('clerk', 'expense.submit', { expenseId, overBudgetReason: null });
      }
    },
  };
}
