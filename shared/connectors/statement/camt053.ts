import type { Statement } from '../../domain/statement/model.ts';
import type { IsoDate } from '../../kernel/dates.ts';
import { MunimError, type Refusal } from '../../kernel/errors.ts';
import type { Paise } from '../../kernel/money.ts';
import type { Result } from '../../kernel/result.ts';
import { camtAmount, camtDay, entriesOf } from './camt053-entry.ts';
import { checkCurrency, checkLineCount, type DraftLine, finishStatement, refusing } from './draft.ts';
import { statementText, unreadable, wordsOf } from './statement-text.ts';
import { readXmlRecords, textAt, type XmlNode } from './xml-records.ts';

/** A `Stmt` while it is read: a day, or a page of one. */
interface OpenStatement {
  readonly line: number;
  account: string | null;
  from: IsoDate | null;
  to: IsoDate | null;
  /** By the kind of balance, the first of each. */
  readonly balances: Map<string, Paise>;
  readonly lines: DraftLine[];
}

const RECORDS: ReadonlySet<string> = new Set(['Acct', 'FrToDt', 'Bal', 'Ntry']);
const MARKS: ReadonlySet<string> = new Set(['Document', 'BkToCstmrStmt', 'Stmt']);

/**
 * Reads ISO 20022 camt.053, versions 02 to 08. An entry stays one line; a batch is parted when its transactions have amounts that add up
 * to it. Only what is booked counts. Several `Stmt` of one account become one statement. Refusals: STATEMENT_…
 */
export const readCamt053 = (bytes: Uint8Array): Result<Statement, Refusal> =>
  refusing(() => {
    const statements: OpenStatement[] = [];
    const marks = new Set<string>();
    let count = 0;
    readXmlRecords(statementText(bytes), {
      records: RECORDS,
      marks: MARKS,
      onMark: (name, line) => {
        marks.add(name);
        if (name === 'Stmt')
          statements.push({ line, account: null, from: null, to: null, balances: new Map(), lines: [] });
      },
      onRecord: (record) => {
        const statement = statements.at(-1);
        if (statement === undefined) return;
        takeRecord(statement, record);
        if (record.name !== 'Ntry') return;
        const lines = entriesOf(record);
        count += lines.length;
        checkLineCount(count);
        for (const line of lines) statement.lines.push(line);
      },
    });
    if (!marks.has('BkToCstmrStmt')) throw new MunimError('STATEMENT_UNKNOWN');
    const from = statements.flatMap((statement) => statement.from ?? []).sort();
    const to = statements.flatMap((statement) => statement.to ?? []).sort();
    return finishStatement({
      format: 'camt053',
      accounts: new Set(statements.map(accountOf)),
      from: from.at(0) ?? null,
      to: to.at(-1) ?? null,
      parts: statements.map(({ line, balances, lines }) => ({
        line,
        lines,
        openingPaise: balances.get('OPBD') ?? balances.get('PRCD') ?? balances.get('ITBD first') ?? null,
        closingPaise: balances.get('CLBD') ?? balances.get('ITBD last') ?? null,
      })),
    });
  });

function accountOf({ account, line }: OpenStatement): string {
  if (account === null) throw unreadable(line, 'Acct/Id is missing');
  return account;
}

function takeRecord(statement: OpenStatement, record: XmlNode): void {
  switch (record.name) {
    case 'Acct': {
      const currency = textAt(record, 'Ccy');
      if (currency !== null) checkCurrency(currency);
      statement.account ??= wordsOf(textAt(record, 'Id', 'Othr', 'Id') ?? textAt(record, 'Id', 'IBAN'));
      return;
    }
    case 'FrToDt':
      statement.from ??= periodDay(record, 'Fr');
      statement.to ??= periodDay(record, 'To');
      return;
    case 'Bal': {
      const kind = textAt(record, 'Tp', 'CdOrPrtry', 'Cd') ?? '';
      const paise = camtAmount(record);
      // A page begins and ends with an interim balance.
      const key = kind !== 'ITBD' ? kind : statement.lines.length === 0 ? 'ITBD first' : 'ITBD last';
      if (key === 'ITBD first' && statement.balances.has(key)) statement.balances.set('ITBD last', paise);
      else if (!statement.balances.has(key)) statement.balances.set(key, paise);
      return;
    }
    default:
  }
}

/** `FrDtTm` in most, `FrDt` in some. */
function periodDay(record: XmlNode, end: 'Fr' | 'To'): IsoDate | null {
  const text = textAt(record, `${end}DtTm`) ?? textAt(record, `${end}Dt`);
  return text === null ? null : camtDay(text, record.line);
}
