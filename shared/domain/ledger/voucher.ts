import { financialYearOf, type IsoDate } from '../../kernel/dates.ts';
import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { sumPaise } from '../../kernel/money.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { BooksReader, CommandContext } from '../command/command.ts';
import { nameOf } from '../command/context.ts';
import type { AccountRole, Change, VoucherKind } from '../rows.ts';
import { type Series, takeNumber } from './number-series.ts';
import type { PostingLine } from './posting.ts';

export interface VoucherDraft {
  /** Given where the voucher is the document itself; otherwise it follows from the command and the kind. */
  readonly id?: Id;
  /** Tells several of a kind apart that one command posts. */
  readonly part?: Id;
  readonly kind: VoucherKind;
  readonly date: IsoDate;
  readonly narration: string;
  readonly reference: string | null;
  readonly referenceDate: IsoDate | null;
  readonly expenseId: Id | null;
  readonly reversesId: Id | null;
  readonly lines: readonly PostingLine[];
}

const seriesOf: Readonly<Record<VoucherKind, Series>> = {
  opening: 'OB',
  payment: 'PAY',
  receipt: 'REC',
  contra: 'CON',
  journal: 'JV',
  purchase: 'PUR',
  sales: 'SAL',
  debit_note: 'DBN',
  credit_note: 'CRN',
  reversal: 'JV',
};

/** The rows of a new voucher: itself, its lines, its number. */
export async function voucherChanges(
  draft: VoucherDraft,
  context: CommandContext,
  books: Pick<BooksReader, 'get'>,
): Promise<{ readonly voucherId: Id; readonly changes: readonly Change[] }> {
  const { kind, date, narration, reference, referenceDate, expenseId, reversesId } = draft;
  const { collegeId } = context;
  const financialYear = financialYearOf(date);
  const named = (name: string, ...more: readonly string[]): Id =>
    context.derivedId(nameOf(name, kind, ...more, ...(draft.part === undefined ? [] : [draft.part])));
  const voucherId = draft.id ?? named('voucher');
  const { number, changes } = await takeNumber(seriesOf[kind], financialYear, context, books);
  const voucher: Change = {
    table: 'vouchers',
    row: {
      collegeId,
      id: voucherId,
      number,
      kind,
      date,
      financialYear,
      narration,
      reference,
      referenceDate,
      party: await partyOf(draft.lines, books),
      totalPaise: sumPaise(draft.lines.map(({ debitPaise }) => debitPaise)),
      expenseId,
      reversesId,
      postedBy: context.actor.id,
      postedAt: context.occurredAt,
    },
  };
  const lines = draft.lines.flatMap(({ bills, ...line }, index): readonly Change[] => {
    const lineNo = index + 1;
    const id = named('line', String(lineNo));
    const { accountCode, vendorId } = line;
    const allocations = bills.map(({ amountPaise, ...bill }, place): Change => {
      if (vendorId === null) throw new Error('a bill needs a party');
      const [debitPaise, creditPaise] = line.debitPaise > 0n ? [amountPaise, 0n] : [0n, amountPaise];
      const billId = named('bill', String(lineNo), String(place + 1));
      const where = { collegeId, id: billId, voucherId, lineNo, accountCode, vendorId, date };
      return { table: 'bill_allocations', row: { ...where, ...bill, debitPaise, creditPaise } };
    });
    return [{ table: 'voucher_lines', row: { collegeId, id, voucherId, lineNo, date, ...line } }, ...allocations];
  });
  return { voucherId, changes: [...changes, voucher, ...lines] };
}

async function partyOf(lines: readonly PostingLine[], books: Pick<BooksReader, 'get'>): Promise<string | null> {
  const names: string[] = [];
  for (const id of new Set(lines.flatMap(({ vendorId }) => vendorId ?? []))) {
    if (names.length === limits.voucher.partiesNamedMax) return `${names.join(', ')}, …`;
    const vendor = await books.get('vendors', id);
    if (vendor !== undefined) names.push(vendor.name);
  }
  return names.length === 0 ? null : names.join(', ');
}

/** The GL codes of the roles. Refusal: GL_CODE_UNKNOWN naming the role that has no account. */
export async function codesOfRoles<R extends AccountRole>(
  roles: readonly R[],
  books: BooksReader,
): Promise<Result<Partial<Record<R, string>>, Refusal>> {
  const codes: Partial<Record<R, string>> = {};
  for (const role of roles) {
    const account = await books.accountByRole(role);
    if (account === undefined) return err(refusal('GL_CODE_UNKNOWN', { glCode: role }));
    codes[role] = account.code;
  }
  return ok(codes);
}
