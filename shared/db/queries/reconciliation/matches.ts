import { sql } from 'drizzle-orm';
import type { BankRule, MatchPass } from '../../../domain/bank-rows.ts';
import type { MatchView } from '../../../ipc/contract/reconciliation.ts';
import type { Id } from '../../../kernel/ids.ts';
import type { Db } from '../../tables.ts';
import type { PageWindow } from '../ordered-parts.ts';
import { big, int, type RawRow, runOne, runWide, text, textOrNull } from '../run-query.ts';
import type { AccountFacts } from './accounts.ts';
import { isClosed, lastOfMonth } from './head.ts';

/** The matches that cleared in a month, the last ones first. */
export async function matchesOf(
  db: Db,
  { collegeId, bankAccountId }: AccountFacts,
  month: string,
  { offset, limit }: PageWindow,
): Promise<{ readonly rows: readonly MatchView[]; readonly count: number }> {
  const condition = sql`m."college_id" = ${collegeId}::uuid and m."bank_account_id" = ${bankAccountId}::uuid and m."is_active"
    and m."cleared_on" between ${`${month}-01`}::date and ${lastOfMonth(month)}::date`;
  const locked = await isClosed(db, collegeId, month);
  const { count } = await runOne(db, sql`select count(*) as "count" from "bank_matches" m where ${condition}`);
  const rows = await runWide(
    db,
    sql`select m."id", m."pass", m."cleared_on"::text as "cleared_on", m."matched_by_name", m."matched_at",
        b."narration", b."count" as "lines", b."sum" as "bank", e."number", e."party", e."count" as "entries", e."sum" as "books"
      from (select * from "bank_matches" m where ${condition}
        order by m."cleared_on" desc, m."id" desc limit ${limit}::int8 offset ${offset}::int8) m
      left join lateral (
        select count(*) as "count", sum(l."credit_paise" - l."debit_paise")::text as "sum",
          (array_agg(l."narration" order by l."date", l."id"))[1] as "narration"
        from "bank_lines" l where l."college_id" = m."college_id" and l."match_id" = m."id"
      ) b on true
      left join lateral (
        select count(*) as "count", sum(l."debit_paise" - l."credit_paise")::text as "sum",
          (array_agg(v."number" order by v."date", v."id"))[1] as "number",
          (array_agg(coalesce(v."party", v."narration") order by v."date", v."id"))[1] as "party"
        from "cleared_entries" c
          join "voucher_lines" l on l."college_id" = c."college_id" and l."id" = c."id"
          join "vouchers" v on v."college_id" = c."college_id" and v."id" = c."voucher_id"
        where c."college_id" = m."college_id" and c."match_id" = m."id"
      ) e on true
      order by m."cleared_on" desc, m."id" desc`,
  );
  return { rows: rows.map((row) => matchView(row, locked)), count: int(count) };
}

const matchView = (row: RawRow, locked: boolean): MatchView => ({
  id: text(row.id),
  pass: text(row.pass) as MatchPass,
  clearedOn: text(row.cleared_on),
  matchedByName: text(row.matched_by_name),
  matchedAt: int(row.matched_at),
  paise: int(row.lines) > 0 ? big(row.bank) : big(row.books),
  narration: textOrNull(row.narration),
  lineCount: int(row.lines),
  number: textOrNull(row.number),
  party: textOrNull(row.party),
  entryCount: int(row.entries),
  locked,
});

/** The rules of a college, those in use first, in the order in which they are tried. */
export async function bankRulesOf(db: Db, collegeId: Id): Promise<readonly BankRule[]> {
  const rows = await runWide(
    db,
    sql`select "id", "bank_account_id", "words", "direction", "account_code", "narration", "is_active", "revision"
      from "bank_rules" where "college_id" = ${collegeId}::uuid order by "is_active" desc, length("words") desc, "words", "id"`,
  );
  return rows.map((row) => ({
    collegeId,
    id: text(row.id),
    bankAccountId: textOrNull(row.bank_account_id),
    words: text(row.words),
    direction: text(row.direction) === 'in' ? 'in' : 'out',
    accountCode: text(row.account_code),
    narration: text(row.narration),
    isActive: row.is_active === true,
    revision: int(row.revision),
  }));
}
