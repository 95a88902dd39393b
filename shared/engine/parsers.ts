/** PostgreSQL type numbers (pg_type.oid) whose JavaScript form this engine fixes. */
const oid = { int8: 20, date: 1082, timestamp: 1114, timestamptz: 1184, numeric: 1700 } as const;

/**
 * How column values reach the program. The stock parsers give int8 as number or bigint depending on its size and turn
 * dates into JavaScript Dates; both lose the truth for money.
 *
 * - int8 → bigint, always
 * - numeric → string, as PostgreSQL prints it
 * - date → 'YYYY-MM-DD'
 * - timestamptz → ISO 8601 in UTC with a Z and every digit PostgreSQL gave (the session runs in UTC)
 * - timestamp → ISO 8601 without a zone
 *
 * Queries through drizzle bring drizzle's own parsers for the time types and are not touched by the last two.
 */
export const engineParsers: Record<number, (text: string) => unknown> = {
  [oid.int8]: (text) => BigInt(text),
  [oid.numeric]: (text) => text,
  [oid.date]: (text) => text,
  [oid.timestamp]: (text) => text.replace(' ', 'T'),
  [oid.timestamptz]: (text) => text.replace(' ', 'T').replace(/\+00(?::00)?$/, 'Z'),
};

const jsonOid = 114;
/** From this length on the driver's own way of writing a text, sign by sign and several times, costs more than the database does. */
const LONG_TEXT = 1_000;
const encoder = new TextEncoder();

/**
 * How parameters reach the database. A long JSON text, in which many rows are written by one statement, goes as bytes: for `json` the
 * binary form is the text itself. The driver's types know strings only, its wire protocol takes both.
 */
export const engineSerializers = {
  [jsonOid]: (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length < LONG_TEXT ? text : (encoder.encode(text) as unknown as string);
  },
};
