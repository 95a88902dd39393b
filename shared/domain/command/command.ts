import type { IsoDate } from '../../kernel/dates.ts';
import type { Refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import type { Change, Person, TableName, Tables } from '../rows.ts';

/**
 * A command says what a person meant. The same `decide` runs on the desk for an immediate provisional answer and on the server for the
 * final one; given the same rows, arguments and context it gives the same changes, but for numbers that only the server may give.
 */
export interface CommandDefinition<Args> {
  readonly name: string;
  /** Raised when the arguments change their meaning; the server parks versions it does not know. */
  readonly schemaVersion: number;
  readonly roles: readonly Person['role'][];
  /** The document the command is about; a refused command holds back later ones on the same document. */
  documentId(args: Args, context: Pick<CommandContext, 'collegeId' | 'namedId'>): Id;
  /** Whether the audit entry holds the new rows, or only their ids because the signed arguments already say everything (bulk). */
  readonly audit: 'rows' | 'ids';
  decide(args: Args, context: CommandContext, books: BooksReader): Promise<Result<readonly Change[], Refusal>>;
}

export interface CommandContext {
  readonly commandId: Id;
  readonly collegeId: Id;
  readonly actor: Person;
  readonly deviceId: Id;
  /** Sequence of the command on its device, for provisional references. */
  readonly seq: number;
  readonly occurredAt: number;
  /** 'server' gives final numbers; 'desk' leaves them open. */
  readonly authority: 'desk' | 'server';
  /** An id that follows from the command and a name, so that desk and server name new rows alike. */
  derivedId(name: string): Id;
  /** An id that follows from the college and a name, for rows that two desks must name alike (a budget, a series, a total). */
  namedId(name: string): Id;
}

/**
 * What commands may ask of the books, always within the college and the transaction of the command. Rows come with the fields of
 * `Tables` and no others, because commands copy them.
 */
export interface BooksReader {
  get<T extends TableName>(table: T, id: Id): Promise<Tables[T] | undefined>;
  /** Those of these rows that are there, by one question. */
  getAll<T extends TableName>(table: T, ids: readonly Id[]): Promise<ReadonlyMap<Id, Tables[T]>>;
  college(): Promise<Tables['colleges']>;
  categoryByCode(code: string): Promise<Tables['categories'] | undefined>;
  groupByCode(code: string): Promise<Tables['account_groups'] | undefined>;
  accountByCode(code: string): Promise<Tables['accounts'] | undefined>;
  /** Letter case of Latin letters aside: Tally, to which accounts go by name, knows no difference. */
  accountByName(name: string): Promise<Tables['accounts'] | undefined>;
  costCentreByCode(code: string): Promise<Tables['cost_centres'] | undefined>;
  /** The account in use with this role; the lowest code where there are several. */
  accountByRole(role: NonNullable<Tables['accounts']['role']>): Promise<Tables['accounts'] | undefined>;
  vendorByNameKey(nameKey: string): Promise<Tables['vendors'] | undefined>;
  vendorByGstin(gstin: string): Promise<Tables['vendors'] | undefined>;
  /** Not cancelled, rejected or reversed expenses of the vendor with this bill number (letter case aside) in the year. */
  expensesByBill(vendorId: Id, billNo: string, financialYear: string): Promise<readonly Tables['expenses'][]>;
  /** Which of these import keys are in the books already. */
  knownImportKeys(keys: readonly string[]): Promise<ReadonlySet<string>>;
  receiptsOf(expenseId: Id): Promise<readonly Tables['receipts'][]>;
  /** The entry that took this voucher back. */
  reversalOf(voucherId: Id): Promise<Tables['vouchers'] | undefined>;
  voucherLines(voucherId: Id): Promise<readonly Tables['voucher_lines'][]>;
  /** In the order of lines. */
  billsOfVoucher(voucherId: Id): Promise<readonly Tables['bill_allocations'][]>;
  /** Every allocation to the party's bill of this name. */
  billsNamed(vendorId: Id, name: string): Promise<readonly Tables['bill_allocations'][]>;
  /** The account at a bank that this GL code stands for. */
  bankAccountOf(accountCode: string): Promise<Tables['bank_accounts'] | undefined>;
  /** Orders to pay, in the order of their ids, as of the next three. */
  ordersOfExpense(expenseId: Id): Promise<readonly Tables['payment_orders'][]>;
  ordersOfBatch(batchId: Id): Promise<readonly Tables['payment_orders'][]>;
  ordersReleasedOn(bankAccountId: Id, day: IsoDate): Promise<readonly Tables['payment_orders'][]>;
  /** Which of these references orders have already. */
  knownOrderReferences(references: readonly string[]): Promise<ReadonlySet<string>>;
  /** Those that wait for a decision in this financial year. */
  waitingExpenses(financialYear: string): Promise<readonly Tables['expenses'][]>;
  /** The kept totals of all months up to this one. */
  totalsUpTo(month: string): Promise<readonly Tables['consolidation_totals'][]>;
  linesOfMatch(matchId: Id): Promise<readonly Tables['bank_lines'][]>;
  clearedByMatch(matchId: Id): Promise<readonly Tables['cleared_entries'][]>;
  /** Lines of the statements of an account, both days included. */
  bankLinesBetween(bankAccountId: Id, from: string, to: string): Promise<readonly Tables['bank_lines'][]>;
}
