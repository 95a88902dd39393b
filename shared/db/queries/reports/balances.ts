import { sql } from 'drizzle-orm';
import { isNominal } from '../../../domain/period/figures.ts';
import { yearStart } from '../../../domain/report/frame.ts';
import type { Chart } from '../../../domain/report/statement-rows.ts';
import { addDays, type IsoDate, monthOf } from '../../../kernel/dates.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Paise } from '../../../kernel/money.ts';
import type { Db } from '../../tables.ts';
import { big, runQuery, text } from '../run-query.ts';

interface Sums {
  readonly debitPaise: Paise;
  readonly creditPaise: Paise;
}
type AccountSums = ReadonlyMap<string, Sums>;

const nothing: Sums = { debitPaise: 0n, creditPaise: 0n };

/**
 * Everything ever posted up to and with a day, by account: the kept months before its month and the kept days of that month. Lines are not
 * read, however many there are.
 */
async function sumsUpTo(db: Db, collegeId: Id, date: IsoDate, accountCode: string | null): Promise<AccountSums> {
  const month = monthOf(date);
  const only = accountCode === null ? sql`true` : sql`"account_code" = ${accountCode}`;
  const rows = await runQuery(
    db,
    sql`select "account_code", sum("debit_paise")::text as "debit", sum("credit_paise")::text as "credit" from (
        select "account_code", "debit_paise", "credit_paise" from "consolidation_totals"
          where "college_id" = ${collegeId}::uuid and "month" < ${month} and ${only}
        union all
        select "account_code", "debit_paise", "credit_paise" from "ledger_days"
          where "college_id" = ${collegeId}::uuid and "date" between ${`${month}-01`}::date and ${date}::date and ${only}
      ) s group by 1`,
  );
  return new Map(
    rows.map((row) => [text(row.account_code), { debitPaise: big(row.debit), creditPaise: big(row.credit) }]),
  );
}

/** What an account had at the beginning of a period, and what went through it until its end. */
export interface AccountFigures extends Sums {
  /** Debit positive, as is the closing balance. */
  readonly openingPaise: Paise;
  readonly closingPaise: Paise;
}

export interface PeriodFigures {
  readonly accounts: ReadonlyMap<string, AccountFigures>;
  /** Income less expenditure of all the years before the one in which the period begins; it belongs to the funds. */
  readonly earlierSurplusPaise: Paise;
}

/**
 * The figures of every account over a period. Income and expenditure begin each financial year at nothing (see domain/period/figures.ts),
 * so what they had before counts from 1 April of the year in which the period begins.
 */
export async function figuresOver(
  db: Db,
  collegeId: Id,
  { from, to }: { readonly from: IsoDate; readonly to: IsoDate },
  chart: Pick<Chart, 'accounts'>,
  accountCode: string | null = null,
): Promise<PeriodFigures> {
  const before = await sumsUpTo(db, collegeId, addDays(from, -1), accountCode);
  const until = await sumsUpTo(db, collegeId, to, accountCode);
  const earlier = await sumsUpTo(db, collegeId, addDays(yearStart(from), -1), accountCode);
  const nominal = new Set(chart.accounts.flatMap(({ code, kind }) => (isNominal(kind) ? [code] : [])));
  const known = new Set(chart.accounts.map(({ code }) => code));
  const accounts = new Map<string, AccountFigures>();
  let earlierSurplusPaise = 0n;
  for (const code of new Set([...until.keys(), ...before.keys()])) {
    if (!known.has(code)) throw new Error(`account ${code} was posted to and is not there`);
    const old = earlier.get(code) ?? nothing;
    const first = before.get(code) ?? nothing;
    const last = until.get(code) ?? nothing;
    const isCarried = !nominal.has(code);
    if (!isCarried) earlierSurplusPaise -= balanceOf(old);
    const openingPaise = balanceOf(first) - (isCarried ? 0n : balanceOf(old));
    const debitPaise = last.debitPaise - first.debitPaise;
    const creditPaise = last.creditPaise - first.creditPaise;
    accounts.set(code, {
      openingPaise,
      debitPaise,
      creditPaise,
      closingPaise: openingPaise + debitPaise - creditPaise,
    });
  }
  return { accounts, earlierSurplusPaise };
}

const balanceOf = ({ debitPaise, creditPaise }: Sums): Paise => debitPaise - creditPaise;
