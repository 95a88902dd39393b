import { type SQL, sql } from 'drizzle-orm';
import { rowsOf } from '../../electron/adapters/pglite/rows-of.ts';
import type { CommandOrder } from '../../electron/host/desk-context.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { VoucherLineFields } from '../../shared/domain/command/args.ts';
import { addDays, monthOf } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { DeedMaker } from './deed-maker.ts';

/** What a person sees of the ledger beside the expenses. */
export interface LedgerScreen {
  readonly vouchers: readonly Id[];
  /** What is owed to vendors by their bills. */
  readonly bills: readonly { readonly vendorId: Id; readonly name: string; readonly owed: bigint }[];
  readonly closedMonths: readonly string[];
}

type Cell = Readonly<Record<string, string>>;

export async function readLedgerScreen(db: Db, collegeId: Id): Promise<LedgerScreen> {
  const ask = (statement: SQL): Promise<readonly Cell[]> => rowsOf<Cell>(db, statement);
  const vouchers =
    await ask(sql`SELECT "id"::text FROM "vouchers" WHERE "college_id" = ${collegeId} AND "expense_id" IS NULL
    ORDER BY "id" DESC LIMIT 6`);
  const bills =
    await ask(sql`SELECT "vendor_id"::text, "name", sum("credit_paise" - "debit_paise")::text AS "owed" FROM "bill_allocations"
    WHERE "college_id" = ${collegeId} AND "name" IS NOT NULL GROUP BY 1, 2 HAVING sum("credit_paise" - "debit_paise") > 0 ORDER BY 1, 2 LIMIT 8`);
  const months = await ask(
    sql`SELECT "name" FROM "periods" WHERE "college_id" = ${collegeId} AND "kind" = 'month' AND "is_closed" ORDER BY 1`,
  );
  return {
    vouchers: vouchers.map(({ id = '' }) => id),
    bills: bills.map(({ vendor_id: vendorId = '', name = '', owed = '0' }) => ({ vendorId, name, owed: BigInt(owed) })),
    closedMonths: months.map(({ name = '' }) => name),
  };
}

export const ledgerMakerDeeds = {
  voucher: 9,
  settle: 6,
  reverse_voucher: 3,
  attach_voucher: 1,
  close_month: 2,
} as const;
export const ledgerDeciderDeeds = { reopen_month: 3 } as const;
export type LedgerDeed = keyof typeof ledgerMakerDeeds | keyof typeof ledgerDeciderDeeds;
export const isLedgerDeed = (deed: string): deed is LedgerDeed =>
  Object.hasOwn(ledgerMakerDeeds, deed) || Object.hasOwn(ledgerDeciderDeeds, deed);

/** What somebody does in the ledger; null when there is nothing of the kind to do. None of it uses a budget. */
export function ledgerOrder(
  maker: DeedMaker,
  deed: LedgerDeed,
  collegeId: Id,
  screen: LedgerScreen,
  vendors: readonly Id[],
): CommandOrder | null {
  const { random, today } = maker;
  const pick = <T>(items: readonly T[]): T | undefined => items[random.below(Math.max(1, items.length))];
  const amount = BigInt(1 + random.below(90_000));
  const month = monthOf(addDays(`${monthOf(today)}-01`, -1 - random.below(40)));
  switch (deed) {
    case 'voucher':
      return posting(maker, collegeId, amount, pick(vendors));
    case 'settle': {
      const bill = pick(screen.bills);
      if (bill === undefined) return null;
      // Two desks that do not know of each other may settle more than there is.
      const amountPaise = random.below(3) === 0 ? bill.owed : bill.owed / 2n + 1n;
      const bills = [{ kind: 'against', name: bill.name, amountPaise, dueOn: null }] as const;
      const lines = [side('2100', amountPaise, 0n, bill.vendorId, bills), side('1200', 0n, amountPaise)];
      return post(maker, collegeId, 'payment', lines);
    }
    case 'reverse_voucher': {
      const voucherId = pick(screen.vouchers);
      if (voucherId === undefined) return null;
      return { collegeId, name: 'voucher.reverse', args: { voucherId, date: today, reason: 'Entered twice' } };
    }
    case 'attach_voucher': {
      const voucherId = pick(screen.vouchers);
      if (voucherId === undefined) return null;
      const file = { sha256: '0'.repeat(64), fileName: 'bill.jpg', mime: 'image/jpeg', sizeBytes: 5_000 };
      return { collegeId, name: 'voucher.attach', args: { receiptId: maker.newId(), voucherId, ...file } };
    }
    case 'close_month':
      return { collegeId, name: 'period.close', args: { month } };
    case 'reopen_month':
      return {
        ...{ collegeId, name: 'period.reopen' },
        args: { month: pick(screen.closedMonths) ?? month, reason: 'A late bill' },
      };
  }
}

function posting(maker: DeedMaker, collegeId: Id, amount: bigint, vendorId: Id | undefined): CommandOrder | null {
  switch (maker.random.below(4)) {
    case 0:
      return post(maker, collegeId, 'receipt', [side('1200', amount, 0n), side('4100', 0n, amount)]);
    case 1:
      return post(maker, collegeId, 'contra', [side('1110', amount, 0n), side('1200', 0n, amount)]);
    case 2:
      return post(maker, collegeId, 'journal', [side('1300', amount, 0n), side('1310', 0n, amount)]);
    default: {
      if (vendorId === undefined) return null;
      const bill = { kind: 'new', name: `S/${maker.random.below(25)}`, amountPaise: amount, dueOn: null } as const;
      const lines = [side('1620', amount, 0n), side('2100', 0n, amount, vendorId, [bill])];
      return post(maker, collegeId, 'purchase', lines);
    }
  }
}

const side = (
  accountCode: string,
  debitPaise: bigint,
  creditPaise: bigint,
  vendorId: Id | null = null,
  bills?: VoucherLineFields['bills'],
): VoucherLineFields => ({
  ...{ accountCode, vendorId, departmentCode: null, fundCode: null, debitPaise, creditPaise },
  ...(bills === undefined ? {} : { bills }),
});

function post(
  maker: DeedMaker,
  collegeId: Id,
  kind: 'receipt' | 'contra' | 'journal' | 'purchase' | 'payment',
  lines: readonly VoucherLineFields[],
): CommandOrder {
  const { random } = maker;
  const paper = { narration: 'As per paper', reference: `P/${random.below(99)}`, referenceDate: null };
  const date = addDays(maker.today, -random.below(40));
  return { collegeId, name: 'voucher.post', args: { voucherId: maker.newId(), kind, date, ...paper, lines } };
}
