import { sqlName, tableNames } from '../../shared/db/tables.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { Querying } from './database.ts';

/** A broken invariant of docs/adr/0017, by its name there. */
export interface Finding {
  readonly invariant: string;
  readonly problem: string;
}

/** S3 to S6 over whatever books stand in the database; the same on the server and on a desk with its provisional entries. */
const ruleChecks = `
  SELECT 'S3' AS "invariant", 'debit less credit is ' || sum("debit_paise" - "credit_paise") AS "problem"
    FROM "voucher_lines" HAVING sum("debit_paise" - "credit_paise") <> 0
  UNION ALL
  SELECT 'S4', 'expense ' || v."expense_id" || ' has ' || count(*) || ' payment vouchers'
    FROM "vouchers" v WHERE v."kind" = 'payment' AND v."expense_id" IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM "vouchers" r WHERE r."college_id" = v."college_id" AND r."reverses_id" = v."id")
      AND NOT EXISTS (SELECT 1 FROM "payment_orders" o WHERE o."college_id" = v."college_id" AND o."expense_id" = v."expense_id" AND o."attention" IS NOT NULL)
    GROUP BY v."college_id", v."expense_id" HAVING count(*) > 1
  UNION ALL
  SELECT 'S4', 'expense ' || e."id" || ' is ' || e."status" || ' and its payment is ' || CASE WHEN l."is_held" THEN 'held' ELSE 'free' END
    FROM "expenses" e LEFT JOIN "payment_leases" l ON l."college_id" = e."college_id" AND l."id" = e."id"
    WHERE CASE WHEN e."status" = 'paying' THEN 1 ELSE 0 END <> CASE WHEN l."is_held" THEN 1 ELSE 0 END + (
      SELECT count(*) FROM "payment_orders" o WHERE o."college_id" = e."college_id" AND o."expense_id" = e."id"
        AND o."status" IN ('prepared', 'released', 'sending', 'exported', 'in_doubt', 'not_received', 'accepted')
        AND o."attention" IS DISTINCT FROM 'older_paid')
  UNION ALL
  SELECT 'S4', 'entry ' || a."position" || ' is of a desk that did not hold the payment'
    FROM "audit_entries" a CROSS JOIN LATERAL (
      SELECT b."command_name", b."device_id" FROM "audit_entries" b
      WHERE b."college_id" = a."college_id" AND b."document_id" = a."document_id" AND b."position" < a."position"
        AND b."command_name" LIKE 'payment.%' ORDER BY b."position" DESC LIMIT 1
    ) l
    WHERE a."command_name" IN ('expense.pay', 'payment.giveBack') AND l."command_name" = 'payment.take' AND l."device_id" <> a."device_id"
  UNION ALL
  SELECT 'S4', 'entry ' || "position" || ' takes a payment that was not released'
    FROM "audit_entries" WHERE "command_name" = 'order.take' AND "changes" NOT LIKE '%"status":"released"%'
  UNION ALL
  SELECT 'S5', 'budget ' || b."category" || ' is exceeded without an override'
    FROM "budgets" b WHERE b."committed_paise" + b."spent_paise" > b."allocated_paise" AND NOT EXISTS (
      SELECT 1 FROM "expenses" e WHERE e."college_id" = b."college_id" AND e."category" = b."category"
        AND e."financial_year" = b."financial_year" AND e."over_budget" AND e."over_budget_reason" IS NOT NULL AND e."voucher_id" IS NOT NULL)
  UNION ALL
  SELECT 'S5', 'budget ' || b."category" || ' is not what its expenses use'
    FROM "budgets" b LEFT JOIN "expenses" e ON e."college_id" = b."college_id" AND e."category" = b."category"
      AND e."financial_year" = b."financial_year"
    GROUP BY b."college_id", b."id"
    HAVING b."committed_paise" <> coalesce(sum(e."committed_paise") FILTER (WHERE e."status" = 'submitted'), 0)
      OR b."spent_paise" <> coalesce(sum(e."budget_paise") FILTER (WHERE e."status" IN ('approved', 'payable', 'paying', 'paid', 'reconciled')), 0)
  UNION ALL
  SELECT 'S6', s."series" || ' stands at ' || s."next" || ' with ' || count(n."number") || ' numbers, ' || count(DISTINCT n."number") || ' different'
    FROM "number_series" s LEFT JOIN (
      SELECT "college_id", "number" FROM "expenses" UNION ALL SELECT "college_id", "number" FROM "vouchers"
      UNION ALL SELECT "college_id", "number" FROM "payment_orders"
    ) n ON n."college_id" = s."college_id" AND left(n."number", -7) = s."series" || '-' || s."financial_year"
    GROUP BY s."college_id", s."id"
    HAVING count(n."number") <> s."next" - 1 OR count(DISTINCT n."number") <> s."next" - 1`;

/** Only desks keep the sums of days. */
const days = `
  SELECT 'S3', 'the sums of ' || "account_code" || ' on ' || "date" || ' are not those of its lines'
    FROM (SELECT "college_id", "account_code", "date", sum("debit_paise") AS "debit", sum("credit_paise") AS "credit", count(*) AS "lines"
      FROM "voucher_lines" GROUP BY 1, 2, 3) l
    FULL JOIN "ledger_days" d USING ("college_id", "account_code", "date")
    WHERE l."debit" IS DISTINCT FROM d."debit_paise" OR l."credit" IS DISTINCT FROM d."credit_paise" OR l."lines" IS DISTINCT FROM d."line_count"`;

const strangers = tableNames
  .map((table) => `SELECT 'S8', "college_id"::text || ' in ${table}' FROM "${sqlName(table)}" GROUP BY "college_id"`)
  .join(' UNION ALL ');
const heads = `
  SELECT 'S7', concat_ws(' ', "college_id", "position", "hash") FROM (
    SELECT DISTINCT ON ("college_id") "college_id", "position", "hash" FROM "audit_entries" WHERE "version" > 0
    ORDER BY "college_id", "position" DESC
  ) h`;

const statements = {
  rules: ruleChecks,
  desk: `${ruleChecks} UNION ALL ${days} UNION ALL ${strangers} UNION ALL ${heads}`,
} as const;

const ask = async (pg: Querying, name: keyof typeof statements): Promise<readonly Finding[]> =>
  (await pg.query<Finding>(statements[name])).rows;

export const brokenRules = (pg: Querying): Promise<readonly Finding[]> => ask(pg, 'rules');

/**
 * The rules; S8, rows of colleges that are none of the desk's; S7, the end of the confirmed chain.
 * @param isEntry whether the server has, or had before it was put back, an entry of this hash there
 */
export async function brokenOnDesk(
  pg: Querying,
  own: ReadonlySet<Id>,
  isEntry: (collegeId: Id, position: number, hash: string) => boolean,
): Promise<readonly Finding[]> {
  return (await ask(pg, 'desk')).filter(({ invariant, problem }) => {
    if (invariant === 'S8') return !own.has(problem.slice(0, 36));
    if (invariant !== 'S7') return true;
    const [collegeId = '', position, hash = ''] = problem.split(' ');
    return !isEntry(collegeId, Number(position), hash);
  });
}

const printsOf = tableNames
  .map(
    (
      table,
    ) => `SELECT '${table}' AS "name", count(*)::int AS "rows", md5(coalesce(string_agg(to_json(t)::text, '|' ORDER BY t."id"), '')) AS "print"
      FROM "${sqlName(table)}" t WHERE t."college_id" = $1`,
  )
  .join(' UNION ALL ');

/** Every synced table of a college, to the byte. */
export async function printsOfCollege(pg: Querying, collegeId: Id): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pg.query<{ name: string; rows: number; print: string }>(printsOf, [collegeId]);
  return new Map(rows.map(({ name, rows: count, print }) => [name, `${count} rows ${print}`]));
}

/** S2: how the books of a desk differ from the server's. */
export function differences(
  where: string,
  desk: ReadonlyMap<string, string>,
  server: ReadonlyMap<string, string>,
): readonly Finding[] {
  return [...server].flatMap(([table, print]) =>
    desk.get(table) === print
      ? []
      : [{ invariant: 'S2', problem: `${where}: ${table} has ${desk.get(table)}, the server ${print}` }],
  );
}

/** Everything the server keeps of its commands and books, for S10. */
export async function serverPrint(pg: Querying): Promise<string> {
  const tables = [
    ...tableNames.map((table) => `"${sqlName(table)}"`),
    '"tombstones"',
    '"server"."college_versions"',
    '"server"."command_log"',
    '"server"."devices"',
  ];
  const { rows } = await pg.query<{ print: string }>(
    `SELECT string_agg("print", ' ') AS "print" FROM (${tables
      .map(
        (table) =>
          `SELECT md5(coalesce(string_agg(to_json(t)::text, '|' ORDER BY to_json(t)::text), '')) AS "print" FROM ${table} t`,
      )
      .join(' UNION ALL ')}) p`,
  );
  return rows[0]?.print ?? '';
}

export interface OutboxState {
  readonly id: Id;
  readonly status: string;
  readonly code: string | null;
  readonly college: Id;
}

export async function outboxOf(pg: Querying): Promise<readonly OutboxState[]> {
  const { rows } = await pg.query<OutboxState>(
    `SELECT "command_id" AS "id", "status", "code", "college_id" AS "college" FROM "desk"."outbox"`,
  );
  return rows;
}

/** What the server took although it was meant on top of something that it had refused and its desk did not know of. */
export async function takenDependants(pg: Querying): Promise<readonly Finding[]> {
  const { rows } = await pg.query<{ id: Id }>(`
    SELECT l."command_id" AS "id" FROM "server"."command_log" l JOIN "server"."command_log" r
      ON r."device_id" = l."device_id" AND r."document_id" = l."document_id" AND r."seq" < l."seq" AND r."status" = 'rejected'
    WHERE l."status" = 'applied' AND l."version" IS NOT NULL AND r."seq" > (l."text"::json ->> 'knows')::int8
      AND NOT EXISTS (SELECT 1 FROM "server"."command_log" e WHERE e."command_id" = l."command_id" AND e."device_id" <> l."device_id")
    LIMIT 3`);
  return rows.map(({ id }) => ({ invariant: 'dependants', problem: `${id} was applied on top of a refused command` }));
}

/** S10: what was applied and then refused when it came again under another enrolment. */
export async function settledTwice(pg: Querying): Promise<readonly Finding[]> {
  const { rows } = await pg.query<{ id: Id; code: string }>(`
    SELECT r."command_id" AS "id", r."code" FROM "server"."command_log" a JOIN "server"."command_log" r
      ON r."command_id" = a."command_id" AND r."received_at" > a."received_at"
    WHERE a."status" = 'applied' AND r."status" = 'rejected' LIMIT 3`);
  return rows.map(({ id, code }) => ({ invariant: 'S10', problem: `${id} was applied and then refused: ${code}` }));
}

/** What a desk that is at rest must not hold any more. */
export async function leftovers(pg: Querying): Promise<readonly string[]> {
  const { rows } = await pg.query<{ what: string }>(`
    SELECT 'undo image of ' || "table_name" AS "what" FROM "desk"."undo_images"
    UNION ALL SELECT 'staged row of ' || "table_name" FROM "desk"."pull_stage" LIMIT 5`);
  return rows.map(({ what }) => what);
}

/** S9: consolidated cells that are not the sum of the lines they stand for. */
export async function wrongCells(pg: Querying): Promise<readonly Finding[]> {
  const { rows } = await pg.query<{ cell: string }>(`
    WITH "lines" AS (
      SELECT "college_id", to_char("date"::date, 'YYYY-MM') AS "month", coalesce("category", '') AS "category", "account_code",
        sum("debit_paise") AS "debit", sum("credit_paise") AS "credit", count(*) AS "count" FROM "voucher_lines" GROUP BY 1, 2, 3, 4)
    SELECT concat_ws(' ', "college_id", "month", "category", "account_code") AS "cell"
    FROM "lines" FULL JOIN "consolidation_totals" t USING ("college_id", "month", "category", "account_code")
    WHERE t."debit_paise" IS DISTINCT FROM "lines"."debit" OR t."credit_paise" IS DISTINCT FROM "lines"."credit"
      OR t."line_count" IS DISTINCT FROM "lines"."count" LIMIT 5`);
  return rows.map(({ cell }) => ({ invariant: 'S9', problem: `the total of ${cell} is not the sum of its lines` }));
}
