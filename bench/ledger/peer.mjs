// The same ledger in better-sqlite3: one file, write-ahead log with synchronous=FULL, the same columns and the same indexes. Reads one
// JSON request a line from standard input and answers with one line each.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { benchCollegeId } from '../data.mjs';
import { billColumns, chartAccounts, ledgerVouchers, lineColumns, voucherColumns } from './data.mjs';

// Installed in `bench` and only for the benchmarks, so the rest of the project compiles without it.
const Database = createRequire(import.meta.url)('better-sqlite3');

const db = new Database(process.argv[2] ?? '');
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
// As much cache as Munim gives its database, and the rest to the operating system, as there.
db.pragma('cache_size = -32768');
// Paise of sums go beyond what a number of JavaScript holds exactly.
db.defaultSafeIntegers(true);

const tables = { vouchers: voucherColumns, voucher_lines: lineColumns, bill_allocations: billColumns };
const indexes = [
  'create unique index v_number on vouchers(college_id, number)',
  'create index v_expense on vouchers(college_id, expense_id)',
  'create index v_date on vouchers(college_id, date, id)',
  'create index v_amount on vouchers(college_id, total_paise, date, id)',
  'create unique index v_reversed on vouchers(college_id, reverses_id) where reverses_id is not null',
  'create index v_version on vouchers(college_id, version)',
  'create unique index l_voucher on voucher_lines(college_id, voucher_id, line_no)',
  'create index l_account on voucher_lines(college_id, account_code, date, voucher_id, line_no)',
  'create index l_fund on voucher_lines(college_id, fund_code, date) where fund_code is not null',
  'create index l_amount on voucher_lines(college_id, debit_paise + credit_paise)',
  'create index l_version on voucher_lines(college_id, version)',
  'create index b_voucher on bill_allocations(college_id, voucher_id)',
  'create index b_bill on bill_allocations(college_id, vendor_id, name)',
  'create index b_version on bill_allocations(college_id, version)',
];
const searched = (/** @type {string} */ of) =>
  `coalesce(${of}number, '') || ' ' || coalesce(${of}party, '') || ' ' || coalesce(${of}reference, '') || ' ' || ${of}narration`;
const insertInto = (/** @type {string} */ table, /** @type {readonly string[]} */ columns) =>
  `insert into ${table} (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`;

/** @param {number} count of lines */
function load(count) {
  for (const [table, columns] of Object.entries(tables)) {
    const typed = columns.map((name) => `${name} ${/paise|_no$|version|_at$/.test(name) ? 'integer' : 'text'}`);
    db.exec(`create table ${table} (row_id integer primary key, ${typed.join(', ')}, unique (college_id, id))`);
  }
  db.exec('create table accounts (code text primary key, name text, kind text) without rowid');
  for (const { code, name, kind } of chartAccounts)
    db.prepare('insert into accounts values (?, ?, ?)').run(code, name, kind);
  db.exec(
    `create virtual table vouchers_search using fts5(text, content='', contentless_delete=1, tokenize='trigram')`,
  );
  db.exec('create table kept (table_name text, row text)');
  const insert = Object.entries(tables).map(([table, columns]) => db.prepare(insertInto(table, columns)));
  const cells = (/** @type {import('./data.mjs').Row} */ row, /** @type {readonly string[]} */ columns) =>
    columns.map((name) => row[name]);
  db.transaction(() => {
    for (const { voucher, lines, bills } of ledgerVouchers(count)) {
      insert[0].run(...cells(voucher, voucherColumns));
      for (const line of lines) insert[1].run(...cells(line, lineColumns));
      for (const bill of bills) insert[2].run(...cells(bill, billColumns));
    }
  })();
  for (const index of indexes) db.exec(index);
  db.exec(`insert into vouchers_search(rowid, text) select row_id, ${searched('')} from vouchers`);
  db.exec(
    `create trigger vouchers_searched after insert on vouchers begin insert into vouchers_search(rowid, text) values (new.row_id, ${searched('new.')}); end`,
  );
  db.exec('analyze');
  db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Balances up to a day; income and expenditure from a day of their own, as they begin each year at nothing. */
const trialBalance = `select account_code, sum(debit_paise) - sum(credit_paise) from voucher_lines join accounts on code = account_code
  where college_id = ? and date <= ? and (date >= ? or kind not in ('income', 'expense')) group by 1`;
/** @type {Record<string, (request: any) => unknown[]>} */
const questions = {
  trialBalance: ({ from, to }) => all(trialBalance, benchCollegeId, to, from),
  incomeExpenditure: ({ from, to }) =>
    all(
      `select account_code, sum(debit_paise) - sum(credit_paise) from voucher_lines join accounts on code = account_code
        where college_id = ? and date between ? and ? and kind in ('income', 'expense') group by 1`,
      benchCollegeId,
      from,
      to,
    ),
  // The lines of the page with what stood in the account before the first of them, from which the running balance goes on.
  ledger: ({ account, from, to, offset, limit }) => {
    const page = all(
      `select l.date, v.number, v.kind, v.party, v.narration, v.reference, l.debit_paise, l.credit_paise
        from (select * from voucher_lines where college_id = ? and account_code = ? and date between ? and ?
          order by date, voucher_id, line_no limit ? offset ?) l
        join vouchers v on v.college_id = l.college_id and v.id = l.voucher_id order by l.date, l.voucher_id, l.line_no`,
      ...[benchCollegeId, account, from, to, limit, offset],
    );
    all(
      'select sum(debit_paise) - sum(credit_paise) from voucher_lines where college_id = ? and account_code = ? and date < ?',
      ...[benchCollegeId, account, from],
    );
    all(
      `select sum(debit_paise) - sum(credit_paise) from (select debit_paise, credit_paise from voucher_lines
        where college_id = ? and account_code = ? and date between ? and ? order by date, voucher_id, line_no limit ?)`,
      ...[benchCollegeId, account, from, to, offset],
    );
    return page;
  },
  ageing: ({ account, to }) =>
    all(
      `select vendor_id, name, sum(debit_paise) - sum(credit_paise), min(bill_date), min(due_on) from bill_allocations
        where college_id = ? and account_code = ? and date <= ? group by 1, 2 having sum(debit_paise) <> sum(credit_paise)`,
      ...[benchCollegeId, account, to],
    ),
  search: ({ words, limit }) =>
    all(
      `select id, date, number, kind, party, narration, reference, total_paise, version from vouchers
        where college_id = ? and row_id in (select rowid from vouchers_search where text match ?) order by date desc, id desc limit ?`,
      ...[benchCollegeId, words.map((/** @type {string} */ word) => `"${word}"`).join(' AND '), limit],
    ),
  amount: ({ paise, limit }) =>
    all(
      `select id, date, number, kind, party, narration, reference, total_paise, version from vouchers
        where college_id = ? and (total_paise = ? or id in (select voucher_id from voucher_lines where college_id = ? and debit_paise + credit_paise = ?))
        order by date desc, id desc limit ?`,
      ...[benchCollegeId, paise, benchCollegeId, paise, limit],
    ),
  save: ({ rows }) => {
    saveAll(rows);
    return [];
  },
};

/** @type {Map<string, any>} */
const prepared = new Map();
/** @param {string} text */
const statement = (text) => {
  const known = prepared.get(text);
  if (known) return known;
  const made = db.prepare(text);
  prepared.set(text, made);
  return made;
};
/** @param {string} text @param {unknown[]} values */
const all = (text, ...values) =>
  statement(text)
    .raw()
    .all(...values);

/** One voucher as Munim wrote it, in one transaction: into its own tables what there is here, of all other rows the text. */
const saveAll = db.transaction((/** @type {readonly { table: string, row: Record<string, unknown> }[]} */ rows) => {
  for (const { table, row } of rows) {
    const columns = /** @type {Record<string, readonly string[]>} */ (tables)[table];
    if (columns === undefined) statement('insert into kept values (?, ?)').run(table, JSON.stringify(row));
    else statement(insertInto(table, columns)).run(...columns.map((name) => row[name] ?? null));
  }
});

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const begun = performance.now();
  let rows = 0;
  if (request.op === 'load') load(request.count);
  else rows = questions[request.op]?.(request).length ?? 0;
  const ms = performance.now() - begun;
  process.stdout.write(`${JSON.stringify({ ms, rows, rssBytes: process.memoryUsage().rss })}\n`);
}
db.close();
