import { sql } from 'drizzle-orm';
import type { RowImage } from '../../../shared/db/books.ts';
import { type Db, isTableName } from '../../../shared/db/tables.ts';
import type { TableName } from '../../../shared/domain/rows.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { columnsSql, overwriteSql, rowJson, tableSql } from './row-json.ts';
import { rowsOf } from './rows-of.ts';

/** What a command changed, by its sequence. */
export interface CommandImages {
  readonly seq: number;
  readonly images: readonly RowImage[];
}

/** One JSON parameter with the images of commands, for `json_to_recordset`. */
const imagesJson = (commands: readonly CommandImages[]): string =>
  JSON.stringify(
    commands.flatMap(({ seq, images }) =>
      images.map((image, ordinal) => ({
        seq,
        ordinal,
        table_name: image.table,
        row_id: image.id,
        before: image.before === null ? null : rowJson(image.table, image.before, image.versionBefore ?? 0),
      })),
    ),
  );

/** Statement that keeps the images of commands in `desk.undo_images`. */
export const imagesSql = (collegeId: Id, commands: readonly CommandImages[]) => sql`
  INSERT INTO "desk"."undo_images" ("seq", "ordinal", "college_id", "table_name", "row_id", "before")
  SELECT "seq", "ordinal", ${collegeId}::uuid, "table_name", "row_id", "before"
  FROM json_to_recordset(${imagesJson(commands)}::json)
    AS image("seq" int8, "ordinal" int4, "table_name" text, "row_id" uuid, "before" text)`;

/**
 * Takes back every unconfirmed change of a college: each row becomes what it was before the first command that touched it. The same
 * outcome as undoing command by command from the newest, in a few statements however many commands wait.
 * @returns the tables that were touched
 */
export async function undoAll(tx: Db, collegeId: Id): Promise<readonly TableName[]> {
  const found = await rowsOf<{ name: string }>(
    tx,
    sql`SELECT DISTINCT "table_name" AS "name" FROM "desk"."undo_images" WHERE "college_id" = ${collegeId}`,
  );
  const tables = found.map(({ name }) => {
    if (!isTableName(name)) throw new Error(`an undo image names the table ${name}`);
    return name;
  });
  for (const table of tables) {
    const first = sql`SELECT DISTINCT ON ("row_id") "row_id", "before" FROM "desk"."undo_images"
      WHERE "college_id" = ${collegeId} AND "table_name" = ${table} ORDER BY "row_id", "seq", "ordinal"`;
    await tx.execute(sql`DELETE FROM ${tableSql(table)} AS t USING (${first}) AS u
      WHERE t."college_id" = ${collegeId} AND t."id" = u."row_id" AND u."before" IS NULL`);
    await tx.execute(sql`INSERT INTO ${tableSql(table)} (${columnsSql(table)}) SELECT ${columnsSql(table)} FROM (
        SELECT r.* FROM (${first}) AS u, json_populate_record(NULL::${tableSql(table)}, u."before"::json) AS r
        WHERE u."before" IS NOT NULL
      ) AS kept ${overwriteSql(table)}`);
  }
  await tx.execute(sql`DELETE FROM "desk"."undo_images" WHERE "college_id" = ${collegeId}`);
  return tables;
}
