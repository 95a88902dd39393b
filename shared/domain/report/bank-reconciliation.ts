import type { IsoDate } from '../../kernel/dates.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Paise } from '../../kernel/money.ts';
import { bankReconciliation, type ReconcilingGroup } from '../reconciliation/bank-reconciliation.ts';
import { columnOf } from './columns.ts';
import type { ReportDocument, RowRange } from './document.ts';
import { asAtText, dayText, headOf, type ReportFrame } from './frame.ts';
import { ReportSheet } from './sheet.ts';
import { wordsOf } from './words.ts';

/** A line of the books or of the bank that the other side has not at the end of the day. */
export interface BankItem {
  readonly id: Id;
  readonly date: IsoDate;
  /** Positive into the account, negative out of it. */
  readonly paise: Paise;
  /** Of the books alone. */
  readonly voucherId: Id | null;
  readonly particulars: string;
  readonly reference: string | null;
}

export interface BankReconciliationFigures {
  readonly account: {
    readonly name: string;
    readonly bankName: string;
    readonly accountNumber: string;
    readonly accountCode: string;
  };
  readonly bookBalancePaise: Paise;
  /** The balance by the bank and the last day that a statement reaches; null where none says one. */
  readonly bank: { readonly balancePaise: Paise; readonly asOf: IsoDate } | null;
  readonly entries: readonly BankItem[];
  readonly lines: readonly BankItem[];
}

const columns = ['amount'];

/** From the balance of the books to that of the bank at the end of a day, by what only one of them has. */
export function bankReconciliationDocument(frame: ReportFrame, figures: BankReconciliationFigures): ReportDocument {
  const words = wordsOf(frame.language);
  const { account, bank } = figures;
  const open = (item: BankItem) => ({ ...item, settledOn: null });
  const bankBalancePaise = bank?.balancePaise ?? null;
  const { bookBalancePaise } = figures;
  const found = bankReconciliation(
    { bookBalancePaise, bankBalancePaise, entries: figures.entries.map(open), lines: figures.lines.map(open) },
    frame.to,
  );
  const items = new Map([...figures.entries, ...figures.lines].map((item) => [item.id, item]));
  const sheet = new ReportSheet();
  const books = sheet.line(0, { particulars: words.bank.perBooks, amount: figures.bookBalancePaise });
  const notPresented = groupRows(sheet, words.bank.notPresented, found.notPresented, items, words.totalOf);
  const creditsNotInBooks = groupRows(
    sheet,
    words.bank.creditsNotInBooks,
    found.creditsNotInBooks,
    items,
    words.totalOf,
  );
  const notCredited = groupRows(sheet, words.bank.notCredited, found.notCredited, items, words.totalOf);
  const debitsNotInBooks = groupRows(sheet, words.bank.debitsNotInBooks, found.debitsNotInBooks, items, words.totalOf);
  const expected = sheet.total(0, words.bank.expected, columns, {
    adds: [books, ...notPresented, ...creditsNotInBooks],
    subtracts: [...notCredited, ...debitsNotInBooks],
    strong: true,
  });
  if (bank !== null) {
    const perBank = words.bank.perBank(dayText(bank.asOf, words));
    const said = sheet.line(0, { particulars: perBank, amount: bank.balancePaise });
    sheet.total(0, words.bank.unexplained, columns, { adds: [said], subtracts: [expected], strong: true });
  }
  const notes = [words.bank.ofAccount(account.name, account.bankName, account.accountNumber)];
  if (bank === null) notes.push(words.bank.noStatement);
  else if (bank.asOf < frame.to) notes.push(words.bank.statementEnds(dayText(bank.asOf, words)));
  const head = headOf(frame, {
    ...{ title: words.titles.bank_reconciliation, period: asAtText(frame), notes },
    columns: [
      columnOf(words, 'date', 'date'),
      columnOf(words, 'particulars', 'text', true),
      columnOf(words, 'reference', 'text'),
      columnOf(words, 'amount', 'money'),
    ],
  });
  return { ...head, rows: sheet.rows };
}

/** One heading with what stands under it; nothing where nothing does. @returns the place of its total */
function groupRows(
  sheet: ReportSheet,
  label: string,
  group: ReconcilingGroup,
  items: ReadonlyMap<Id, BankItem>,
  totalOf: (name: string) => string,
): readonly RowRange[] {
  if (group.items.length === 0) return [];
  sheet.heading(0, label);
  const adds = group.items.map(({ id, date, paise }) => {
    const item = items.get(id);
    const amount = paise < 0n ? -paise : paise;
    const cells = { date, particulars: item?.particulars ?? '', reference: item?.reference ?? null, amount };
    const voucherId = item?.voucherId ?? null;
    return sheet.line(1, cells, voucherId === null ? undefined : { to: 'voucher', id: voucherId });
  });
  return [sheet.total(0, totalOf(label), columns, { adds })];
}
