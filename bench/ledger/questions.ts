import { sql } from 'drizzle-orm';
import { ledgerPage } from '../../shared/db/queries/reports/ledger.ts';
import { buildReport } from '../../shared/db/queries/reports/registry.ts';
import { runOne, text } from '../../shared/db/queries/run-query.ts';
import { searchVouchers } from '../../shared/db/queries/voucher-search.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { ReportName } from '../../shared/domain/report/names.ts';
import { benchCollegeId } from '../data.mjs';
import { journalAccount } from './journal.ts';
import type { JournalQuestion } from './plain-text.ts';

const collegeId = benchCollegeId;
const pageRows = 100;
/** The second of the two years, so that there is something before it. */
const from = '2025-04-01';
export const monthEnd = '2025-10-31';
export const midMonth = '2025-10-15';
const wholeYear = { from, to: '2026-03-31' };

export interface LedgerQuestion {
  readonly metric: string;
  /** What the desk does for it; answers how many rows were found where that has to be the same on both sides. */
  readonly ours: (db: Db) => Promise<number | null>;
  readonly peer: Readonly<Record<string, unknown>> | null;
  readonly journal: JournalQuestion | null;
}

/** As the desk reads it: in one state of the books, to the finished and checked document. */
const report =
  (name: ReportName, to: string) =>
  (db: Db): Promise<null> =>
    db.transaction(
      async (tx) => {
        const question = { report: name, collegeId, from, to, language: 'en' } as const;
        await buildReport(tx as unknown as Db, [{ id: collegeId, code: 'BENCH' }], question);
        return null;
      },
      { isolationLevel: 'repeatable read', accessMode: 'read only' },
    );

function page(metric: string, account: string, offset: number, journal: JournalQuestion | null): LedgerQuestion {
  return {
    metric,
    ours: (db) =>
      db.transaction(
        async (tx) => {
          const window = { offset, limit: pageRows };
          const question = { collegeId, accountCode: account, ...wholeYear };
          return (await ledgerPage(tx as unknown as Db, question, window)).rows.length;
        },
        { isolationLevel: 'repeatable read', accessMode: 'read only' },
      ),
    peer: { op: 'ledger', account, ...wholeYear, offset, limit: pageRows },
    journal,
  };
}

function search(metric: string, words: readonly string[], journal: JournalQuestion | null = null): LedgerQuestion {
  return {
    metric,
    ours: async (db) => {
      const { rows } = await searchVouchers(db, collegeId, words.join(' '), { offset: 0, limit: pageRows });
      return rows.length;
    },
    peer: { op: 'search', words, limit: pageRows },
    journal,
  };
}

/** The account with most lines, how many it has in the year of the pages, and a number that stands in the middle of the books. */
export async function ledgerFacts(
  db: Db,
): Promise<{ readonly account: string; readonly lines: number; readonly number: string }> {
  const { account } = await runOne(
    db,
    sql`select "account_code" as "account" from "ledger_days" group by 1 order by sum("line_count") desc limit 1`,
  );
  const { lines } = await runOne(
    db,
    sql`select sum("line_count")::int4 as "lines" from "ledger_days"
      where "account_code" = ${text(account)} and "date" between ${wholeYear.from}::date and ${wholeYear.to}::date`,
  );
  const { number } = await runOne(
    db,
    sql`select "number" from "vouchers" where "date" >= ${from}::date and "kind" = 'purchase' order by "date", "id" limit 1`,
  );
  return { account: text(account), lines: Number(lines), number: text(number) };
}

/** Every question, asked of all sides in turn. */
export function ledgerQuestions({
  account,
  lines,
  number,
}: Awaited<ReturnType<typeof ledgerFacts>>): readonly LedgerQuestion[] {
  const typo = 'kulkrni';
  return [
    {
      metric: 'trial_balance_month_end',
      ours: report('trial_balance', monthEnd),
      peer: { op: 'trialBalance', from, to: monthEnd },
      journal: { ask: 'balances', to: monthEnd },
    },
    {
      metric: 'trial_balance_mid_month',
      ours: report('trial_balance', midMonth),
      peer: { op: 'trialBalance', from, to: midMonth },
      // To a journal one day is as any other.
      journal: null,
    },
    {
      metric: 'income_expenditure',
      ours: report('income_expenditure', monthEnd),
      peer: { op: 'incomeExpenditure', from, to: monthEnd },
      journal: { ask: 'balances', from, to: monthEnd, nominalOnly: true },
    },
    page('ledger_first_page', account, 0, { ask: 'lines', account: journalAccount(account), ...wholeYear }),
    page('ledger_late_page', account, Math.max(0, lines - 2 * pageRows), null),
    { metric: 'ageing', ours: report('ageing', monthEnd), peer: { op: 'ageing', to: monthEnd }, journal: null },
    search('search_common_word', ['fees']),
    search('search_name', ['kulkarni'], { ask: 'search', word: 'Kulkarni' }),
    search('search_two_words', ['fees', 'kulkarni']),
    search('search_one_number', [number.toLowerCase()]),
    search('search_nothing', ['zzqqyx']),
    {
      metric: 'search_amount',
      ours: async (db) => {
        const { rows } = await searchVouchers(db, collegeId, '₹12,345', { offset: 0, limit: pageRows });
        return rows.length;
      },
      peer: { op: 'amount', paise: 12_345_00, limit: pageRows },
      journal: null,
    },
    {
      metric: 'search_with_typo',
      ours: async (db) => {
        const { rows, meant } = await searchVouchers(db, collegeId, typo, { offset: 0, limit: pageRows });
        if (!meant.includes('kulkarni')) throw new Error('the typo was not understood');
        return rows.length;
      },
      peer: null,
      journal: null,
    },
  ];
}
