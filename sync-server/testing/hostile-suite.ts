import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands } from '../../shared/domain/command/registry.ts';
import { type Plain, parseCanonical } from '../../shared/kernel/canonical.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { commandArgs, isCommandName } from '../../shared/sync/command-args.ts';
import type { PullAnswer } from '../../shared/sync/messages.ts';
import { vendorFields } from '../../shared/testing/entries.ts';
import { addPerson } from '../services/set-up-college.ts';
import { verifyCollege } from '../services/verify.ts';
import { bankSamples } from './bank-samples.ts';
import { paymentSamples } from './payment-samples.ts';
import {
  billFields,
  enrolDesk,
  makeCollege,
  openTestServer,
  password,
  type TestCollege,
  type TestDesk,
  type TestServer,
} from './test-server.ts';
import { booksOf, pulledAll, pushed } from './world.ts';

type Path = readonly (string | number)[];
interface Placed {
  readonly path: Path;
  readonly text: string;
}
type Rows = PullAnswer['rows'];

/** Short enough for every field that takes free text, and what each would do where text becomes part of a statement. */
const hostile = [
  "';--",
  "' OR 1=1",
  '";DROP',
  '\\',
  '$1',
  '%_',
  '$$;',
  '{"$n":"1"}',
  'नमस्ते🙂',
  "');DROP TABLE expenses;--",
];
/** How often each free place gets a hostile text. */
const TURNS = 3;
/** No text of a database: a zero byte, and half of a character. */
const unstorable = ['a\u0000b', 'a\ud800b'];

/** Every string of every command is text and stays text. @param databaseUrl null for PGlite */
export function hostileSuite(databaseUrl: () => Promise<string | null>): void {
  let server: TestServer;
  let college: TestCollege;
  let desk: TestDesk;
  let adminId: Id;
  let serial = 0;

  beforeAll(async () => {
    server = await openTestServer(await databaseUrl());
    college = await makeCollege(server, 'SQL');
    desk = await enrolDesk(server, [college.id]);
    await desk.signIn(college.accountant);
    await desk.signIn(college.principal);
    const admin = { name: 'Admin', email: 'admin@sql.example', role: 'it_admin', password } as const;
    adminId = await addPerson(server.context, admin, [college.id]);
    await desk.signIn(admin.email);
    const { rows, cursor } = await pulledAll(server, desk, college.id);
    atFirst = rows;
    version = cursor;
  });
  afterAll(() => server.close());

  const send = async (name: string, args: object, actorId = college.accountantId, hoursAgo = 0) => {
    const occurredAt = server.clock.now() - hoursAgo * 3_600_000;
    const command = desk.command(college.id, actorId, name, args, { knows: desk.seq, occurredAt });
    const [result] = (await pushed(server, desk, [command])).results;
    if (!result) throw new Error('no result');
    if (result.status === 'applied') version += 1;
    return result;
  };
  const apply = async (name: string, args: object, actorId?: Id, hoursAgo?: number): Promise<void> => {
    const done = await send(name, args, actorId, hoursAgo);
    expect([name, done.status, done.code ?? null]).toEqual([name, 'applied', null]);
  };
  const vendor = async (): Promise<Id> => {
    const vendorId = desk.newId();
    await apply('vendor.create', { vendorId, fields: vendorFields(`Plain vendor ${++serial}`) });
    return vendorId;
  };
  /** Above 50,000 rupees, so that it waits for a decision. */
  const large = { taxablePaise: 6_000_000n, cgstPaise: 0n, sgstPaise: 0n };
  const bill = async (more: object = {}) => {
    const expenseId = desk.newId();
    await apply('expense.create', {
      expenseId,
      fields: billFields(await vendor(), { billNo: `P-${++serial}`, ...more }),
    });
    return expenseId;
  };
  const receipt = (expenseId: Id) => {
    const file = { sha256: 'a'.repeat(64), fileName: 'a.pdf', mime: 'application/pdf', sizeBytes: 9 };
    return { receiptId: desk.newId(), expenseId, ...file };
  };
  const submitted = async (more: object = {}): Promise<Id> => {
    const expenseId = await bill(more);
    await apply('receipt.attach', receipt(expenseId));
    await apply('expense.submit', { expenseId, overBudgetReason: 'It has to be' });
    return expenseId;
  };
  let atFirst: Rows = [];
  const rowOf = (table: string) => atFirst.find((row) => row.table === table)?.row ?? {};
  /** Of the books, each command that is taken making one. */
  let version = 0;
  const since = (from: number) => pulledAll(server, desk, college.id, 2_000, from);

  /** An expense that waits for a decision, as whoever decides sees it. */
  const awaiting = async () => {
    const from = version;
    const expenseId = await submitted(large);
    const [seen] = (await since(from)).rows.filter(({ id }) => id === expenseId);
    return { expenseId, revision: Number(seen?.row?.revision) };
  };

  const posted = async (): Promise<Id> => {
    const seen = await awaiting();
    await apply('expense.approve', { ...seen, comment: null, overBudgetReason: 'It has to be' }, college.principalId);
    return seen.expenseId;
  };

  const paying = async (): Promise<Id> => {
    const expenseId = await posted();
    await apply('payment.take', { expenseId });
    return expenseId;
  };

  const newGroup = () => ({
    groupId: desk.newId(),
    fields: { code: `G${++serial}`, name: 'Plain', nameHi: 'H', kind: 'asset', parentCode: '10' },
  });
  const newAccount = () => {
    const named = { code: `A${++serial}`, name: `Account ${serial}`, kind: 'asset', groupCode: '12' };
    return { accountId: desk.newId(), fields: { ...named, category: null, role: null } };
  };
  const newGrant = () => {
    const named = { code: `C${++serial}`, name: 'Grant', kind: 'grant', agency: 'DST', sanctionNo: 'S/1' };
    const period = { startsOn: '2026-04-01', endsOn: '2029-03-31' };
    return { costCentreId: desk.newId(), fields: { ...named, sanctionedPaise: 5n, ...period } };
  };
  const newBill = () => ({ kind: 'new', name: `B-${++serial}`, amountPaise: 5n, dueOn: '2026-12-31' });
  const newVoucher = async () => {
    const grant = newGrant();
    await apply('costCentre.create', grant);
    const side = { vendorId: await vendor(), departmentCode: null, fundCode: grant.fields.code };
    const lines = [
      { ...side, accountCode: '1300', debitPaise: 5n, creditPaise: 0n, bills: [newBill()] },
      { ...side, accountCode: '1310', debitPaise: 0n, creditPaise: 5n },
    ];
    const paper = { narration: 'N', reference: 'R', referenceDate: '2026-11-19' };
    return { voucherId: desk.newId(), kind: 'journal', date: '2026-11-20', ...paper, lines };
  };

  /** Long past, so that nothing stands in them and each is closed by its own sample alone. */
  const newYear = (): string => {
    const year = 1_000 + ++serial;
    return `${year}-${String((year + 1) % 100).padStart(2, '0')}`;
  };
  const closedYear = async (): Promise<string> => {
    const financialYear = newYear();
    await apply('year.close', { financialYear }, college.principalId);
    return financialYear;
  };

  const payments = paymentSamples({
    apply: (name, args, by, hoursAgo) =>
      apply(name, args, by === 'principal' ? college.principalId : undefined, hoursAgo),
    newId: () => desk.newId(),
    serial: () => ++serial,
    receipt,
    principalId: () => college.principalId,
  });

  /** Arguments that are taken, on documents of their own, and who may say it. */
  const samples: Readonly<Record<string, () => Promise<readonly [object, Id?]>>> = {
    'college.configure': async () => {
      const group = { ...rowOf('account_groups'), id: desk.newId(), code: `G${++serial}`, parentCode: null };
      const account = { ...rowOf('accounts'), id: desk.newId(), code: `P${++serial}`, role: null };
      const category = { ...rowOf('categories'), id: desk.newId(), code: `p${serial}` };
      const person = { ...rowOf('people'), id: desk.newId(), email: 'plain@sql.example' };
      const args = {
        college: rowOf('colleges'),
        people: [person],
        groups: [group],
        accounts: [account],
        categories: [category],
      };
      return [args, adminId];
    },
    'group.create': async () => [newGroup()],
    'group.edit': async () => {
      const group = newGroup();
      await apply('group.create', group);
      return [{ groupId: group.groupId, edits: { name: { from: group.fields.name, to: 'N' } } }];
    },
    'account.create': async () => [newAccount()],
    'account.edit': async () => {
      const account = newAccount();
      await apply('account.create', account);
      const edits = { name: { from: account.fields.name, to: `N ${serial}` }, groupCode: { from: '12', to: '13' } };
      return [{ accountId: account.accountId, edits }];
    },
    'costCentre.create': async () => [newGrant()],
    'costCentre.edit': async () => {
      const grant = newGrant();
      await apply('costCentre.create', grant);
      return [{ costCentreId: grant.costCentreId, edits: { agency: { from: 'DST', to: 'UGC' } } }];
    },
    'voucher.post': async () => [await newVoucher()],
    'voucher.reverse': async () => {
      const voucher = await newVoucher();
      await apply('voucher.post', voucher);
      return [{ voucherId: voucher.voucherId, date: '2026-11-20', reason: 'R' }];
    },
    'voucher.attach': async () => {
      const voucher = await newVoucher();
      await apply('voucher.post', voucher);
      const { expenseId: _, ...file } = receipt('');
      return [{ ...file, voucherId: voucher.voucherId }];
    },
    'period.close': async () => [{ month: `${newYear().slice(0, 4)}-05` }],
    'period.reopen': async () => {
      const month = `${newYear().slice(0, 4)}-05`;
      await apply('period.close', { month });
      return [{ month, reason: 'R' }, college.principalId];
    },
    'year.close': async () => [{ financialYear: newYear() }, college.principalId],
    'year.askReopen': async () => [{ financialYear: await closedYear(), reason: 'R' }],
    'year.reopen': async () => {
      const financialYear = await closedYear();
      await apply('year.askReopen', { financialYear, reason: 'R' });
      return [{ financialYear }, college.principalId];
    },
    'vendor.create': async () => {
      const all = { accountName: 'A', email: 'a@example.in', phone: '9822012345' };
      return [{ vendorId: desk.newId(), fields: { ...vendorFields(`Plain ${++serial}`), ...all } }];
    },
    'vendor.edit': async () => [{ vendorId: await vendor(), edits: { accountName: { from: null, to: 'A' } } }],
    'budget.set': async () => [
      { financialYear: '2026-27', category: 'supplies', allocated: { from: 0n, to: 0n } },
      college.principalId,
    ],
    'expense.create': async () => {
      const fields = billFields(await vendor(), { billNo: `P-${++serial}`, department: 'D' });
      return [{ expenseId: desk.newId(), fields }];
    },
    'expense.edit': async () => {
      const edits = { description: { from: 'Paper and toner', to: 'D' }, department: { from: null, to: 'D' } };
      return [{ expenseId: await bill(), edits }];
    },
    'expense.import': async () => {
      const { vendorId: _, ...fields } = billFields('', { billNo: `P-${++serial}` }) as { vendorId: string };
      const vendorName = `Plain ${serial}`;
      const row = { importKey: `k-${serial}`, vendorName, vendorGstin: null, vendorPan: null, fields };
      return [{ batchId: desk.newId(), fileName: 'a.csv', rows: [row] }];
    },
    'expense.submit': async () => [{ expenseId: await bill(), overBudgetReason: 'R' }],
    'expense.approve': async () => {
      const args = { ...(await awaiting()), comment: 'C', overBudgetReason: 'R' };
      return [args, college.principalId];
    },
    'expense.return': async () => [{ ...(await awaiting()), reason: 'R' }, college.principalId],
    'expense.reject': async () => [{ ...(await awaiting()), reason: 'R' }, college.principalId],
    'expense.cancel': async () => [{ expenseId: await bill(), reason: 'R' }],
    'expense.pay': async () => [
      { expenseId: await posted(), paidOn: '2026-11-20', reference: 'R', accountCode: '1200' },
    ],
    'payment.take': async () => [{ expenseId: await posted() }],
    'payment.giveBack': async () => [{ expenseId: await paying() }],
    'payment.takeAway': async () => [{ expenseId: await paying(), fence: 1, reason: 'R' }, college.principalId],
    ...payments,
    'expense.reverse': async () => [{ expenseId: await posted(), date: '2026-11-20', reason: 'R' }],
    ...bankSamples({ newId: () => desk.newId(), collegeId: () => college.id, apply, next: () => ++serial }),
    'receipt.attach': async () => [receipt(await bill())],
    'receipt.remove': async () => {
      const attached = receipt(await bill());
      await apply('receipt.attach', attached);
      return [{ receiptId: attached.receiptId, expenseId: attached.expenseId }];
    },
  };

  /** A sample whose command was refused has changed nothing, so the next try takes it. */
  let spare: readonly [object, Id?] | null = null;

  /** Tries the sample with these texts in their places. @returns where each stands afterwards, or the code of the refusal */
  async function tried(name: string, texts: readonly Placed[]): Promise<readonly (readonly string[])[] | string> {
    const [sample, actorId] = spare ?? (await samples[name]?.()) ?? [{}];
    spare = null;
    const args = texts.reduce((made, { path, text }) => withText(made, path, text), sample as Plain) as object;
    const from = version;
    const result = await send(name, args, actorId);
    const { rows: changed, cursor } = await since(from);
    if (result.status !== 'applied') {
      expect([cursor, changed]).toEqual([from, []]);
      expect(result.code).not.toBe('INTERNAL');
      spare = actorId === undefined ? [sample] : [sample, actorId];
      return result.code ?? '';
    }
    expect(cursor).toBe(from + 1);
    const audit = changed.find(({ table }) => table === 'audit_entries')?.row;
    expect((parseCanonical(String(audit?.command)) as { args: Plain }).args).toEqual(args);
    const columns = changed.flatMap(({ table, row }) =>
      Object.entries(row ?? {}).map(([column, value]) => ({ value, name: `${table}.${column}` })),
    );
    return texts.map(({ text }) =>
      columns
        .filter(({ value }) => value === text)
        .map((column) => column.name)
        .sort(),
    );
  }

  describe.each(Object.keys(commands))('%s', (name) => {
    test('takes any text as text or refuses it', async () => {
      // One that another command left behind when it failed is none of this one.
      spare = null;
      const [sample, actorId] = (await samples[name]?.()) ?? [{}];
      await apply(name, sample, actorId);
      if (!isCommandName(name)) throw new Error(name);
      const from = version;
      const before = [...(await booksOf(server, college.id))];
      const fits = ({ path, text }: Placed) =>
        commandArgs[name].safeParse(withText(sample as Plain, path, text)).success;
      /** The places that take free text, and where a word in them comes to stand. */
      const free: { readonly path: Path; readonly stands: readonly string[] }[] = [];
      for (const path of stringsIn(sample as Plain)) {
        expect(await tried(name, [{ path, text: unstorable[serial % 2] ?? '' }])).toBe('INPUT_INVALID');
        // What an unsuspicious word does in this place; ids, days and other forms take no words at all.
        const plain = await tried(name, [{ path, text: `Wort${++serial}` }]);
        if (typeof plain !== 'string') free.push({ path, stands: plain[0] ?? [] });
        else {
          const first = serial % hostile.length;
          const inTurn = [...hostile.slice(first), ...hostile.slice(0, first)];
          const text = inTurn.find((one) => fits({ path, text: one })) ?? inTurn[0];
          const place = `${name} ${path.join('.')} ${text}`;
          expect([place, typeof (await tried(name, [{ path, text: `${text}${++serial}` }]))]).toEqual([
            place,
            'string',
          ]);
        }
      }
      // All free places at once, each with another text: over the turns and the commands every text has its turn in many places.
      for (let turn = 0; turn < TURNS && free.length > 0; turn += 1) {
        const placed = free.map(({ path }, index) => {
          const text = hostile[(index + serial + turn) % hostile.length] ?? '';
          return { path, text: `${text}${++serial}` };
        });
        const outcome = await tried(name, placed);
        for (const [index, { path, text }] of placed.entries()) {
          // Where one of them was refused, each shows by itself which.
          const alone = typeof outcome === 'string' ? await tried(name, [{ path, text }]) : [outcome[index] ?? []];
          const place = `${name} ${path.join('.')} ${text}`;
          // A field with a form of its own (an address, a number) may refuse what a word passes.
          if (typeof alone === 'string') expect(/^[A-Z_]+_INVALID$/.test(alone) ? place : alone).toBe(place);
          else expect([place, ...(alone[0] ?? [])]).toEqual(expect.arrayContaining([...(free[index]?.stands ?? [])]));
        }
      }
      // All rows that the server does not say to have changed are, byte for byte, as they were.
      const touched = new Set((await since(from)).rows.map(({ table, id }) => `${table}/${id}`));
      const isUntouched = ([key]: readonly [string, string]): boolean => !touched.has(key);
      const after = [...(await booksOf(server, college.id))];
      expect(after.filter(isUntouched)).toEqual(before.filter(isUntouched));
    });
  });

  test('the books stand as they should, and nothing had to be caught', async () => {
    expect(await verifyCollege(server.context, college.id)).toMatchObject({ brokenAt: null, wrongTotals: 0 });
    expect(server.faults).toEqual([]);
  });
}

/** The places of the strings of a value. */
function stringsIn(value: Plain, path: Path = []): Path[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsIn(inner as Plain, [...path, key]));
}

function withText(value: Plain, path: Path, text: string): Plain {
  const [first, ...rest] = path;
  if (first === undefined) return text;
  if (Array.isArray(value))
    return value.map((one, index) => (String(index) === first ? withText(one, rest, text) : one));
  const record = value as { readonly [key: string]: Plain };
  return { ...record, [first]: withText(record[first] ?? null, rest, text) };
}
