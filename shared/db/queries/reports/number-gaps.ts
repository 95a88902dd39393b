import { sql } from 'drizzle-orm';
import type { RowRange } from '../../../domain/report/document.ts';
import type { ReportQuestion } from '../../../domain/report/names.ts';
import type { SeriesNumbers } from '../../../domain/report/number-gaps.ts';
import { financialYearOf } from '../../../kernel/dates.ts';
import type { Db } from '../../tables.ts';
import { int, type RawRow, runWide, text, textOrNull } from '../run-query.ts';

/** Of every series in the financial years that the period touches. A number names its series and year itself, see domain/ledger/number-series.ts. */
export async function seriesNumbers(
  db: Db,
  { collegeId, from, to }: ReportQuestion,
): Promise<readonly SeriesNumbers[]> {
  const rows = await runWide(
    db,
    sql`with "numbers" as (
        select "number" from "vouchers" where "college_id" = ${collegeId}::uuid and "number" is not null
        union all
        select "number" from "expenses" where "college_id" = ${collegeId}::uuid and "number" is not null
      ), "parts" as (
        select "number", substring("number" from '^[A-Z]+') as "series",
          '20' || substring("number" from '([0-9]{2}-[0-9]{2})[-/][0-9]+$') as "year", substring("number" from '[0-9]+$')::int8 as "serial"
        from "numbers"
      ), "ordered" as (
        select *, lag("serial", 1, 0::int8) over (partition by "series", "year" order by "serial") as "before" from "parts"
      ), "found" as (
        select "series", "year", count(*) as "count", max("serial") as "highest",
          (array_agg("number" order by "serial"))[1] as "first", (array_agg("number" order by "serial" desc))[1] as "last",
          json_agg(json_build_array("before" + 1, "serial" - 1) order by "serial") filter (where "serial" > "before" + 1) as "gaps"
        from "ordered" group by 1, 2
      ), "given" as (
        select "series", "financial_year" as "year", "next" from "number_series" where "college_id" = ${collegeId}::uuid
      )
      select coalesce(f."series", g."series") as "series", coalesce(f."year", g."year") as "year", f."count", f."highest", f."first", f."last",
        f."gaps", g."next"
      from "found" f full join "given" g on g."series" = f."series" and g."year" = f."year"
      where coalesce(f."year", g."year") between ${financialYearOf(from)} and ${financialYearOf(to)}
      order by 2, 1`,
  );
  return rows.map(numbersOf);
}

function numbersOf(row: RawRow): SeriesNumbers {
  const between = ((row.gaps ?? []) as readonly (readonly [unknown, unknown])[]).map(
    ([from, to]): RowRange => [int(from), int(to)],
  );
  const highest = int(row.highest ?? 0);
  const given = int(row.next ?? 1) - 1;
  return {
    series: text(row.series),
    financialYear: text(row.year),
    first: textOrNull(row.first),
    last: textOrNull(row.last),
    count: int(row.count ?? 0),
    missing: given > highest ? [...between, [highest + 1, given]] : between,
  };
}
