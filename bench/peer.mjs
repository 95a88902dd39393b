// The other side of every comparison: better-sqlite3, one file, write-ahead log with synchronous=FULL, so that a commit is on the disk
// when it returns, as it is in Munim. Reads one JSON request a line from standard input and answers with one line each.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { expenseColumns, expenseRow, seededRandom } from './data.mjs';

// Installed beside this file and only for the benchmarks, so the rest of the project compiles without it.
const Database = createRequire(import.meta.url)('better-sqlite3');

const file = process.argv[2] ?? '';
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
// As much cache as Munim gives its database, and the rest to the operating system, as there.
db.pragma('cache_size = -32768');

const names = expenseColumns.map(([name]) => name);
const indexes = [
  'create index e_date on expenses(college_id, bill_date desc, id desc)',
  'create index e_status on expenses(college_id, status, bill_date desc, id desc)',
  'create index e_category on expenses(college_id, category, bill_date desc, id desc)',
  'create index e_bill on expenses(college_id, vendor_id, bill_no)',
  'create unique index e_number on expenses(college_id, number)',
  'create index e_import on expenses(college_id, import_key)',
  'create index e_version on expenses(college_id, version)',
  'create index e_amount on expenses(college_id, total_paise desc, id desc)',
  'create index e_vendor_name on expenses(college_id, lower(vendor_name), id desc)',
  'create index e_vendor on expenses(college_id, vendor_id, status, total_paise, tds_paise)',
];
const searched = `coalesce(new.number, '') || ' ' || new.provisional_ref || ' ' || new.vendor_name || ' ' || coalesce(new.bill_no, '') || ' ' || new.description`;
const insertText = `insert into expenses (${names.join(', ')}) values (${names.map(() => '?').join(', ')})`;

/** @param {number} count */
function load(count) {
  const columns = expenseColumns.map(([name, type]) => `${name} ${type}`).join(', ');
  db.exec(`create table expenses (row_id integer primary key, ${columns}, unique (college_id, id))`);
  db.exec(
    `create virtual table expenses_search using fts5(text, content='', contentless_delete=1, tokenize='trigram')`,
  );
  db.exec(
    'create table audit_entries (college_id text, id text primary key, position integer, previous_hash text, hash text, command text, signature text, changes text, document_id text)',
  );
  db.exec('create unique index a_position on audit_entries(college_id, position)');
  db.exec(
    'create table outbox (seq integer primary key, command_id text unique, document_id text, command text, signature text, status text)',
  );
  db.exec('create index o_status on outbox(status, seq)');
  db.exec(
    'create table undo_images (seq integer, ordinal integer, table_name text, row_id text, before text, primary key (seq, ordinal))',
  );
  const insert = db.prepare(insertText);
  const random = seededRandom(1);
  for (let from = 0; from < count; from += 20_000) {
    db.transaction(() => {
      for (let index = from; index < Math.min(count, from + 20_000); index += 1)
        insert.run(...expenseRow(index, count, random));
    })();
  }
  for (const index of indexes) db.exec(index);
  db.exec(`insert into expenses_search(rowid, text) select row_id, ${searched.replaceAll('new.', '')} from expenses`);
  db.exec(
    `create trigger expenses_searched after insert on expenses begin insert into expenses_search(rowid, text) values (new.row_id, ${searched}); end`,
  );
  db.exec('analyze');
  db.pragma('wal_checkpoint(TRUNCATE)');
}

const page = `select id, college_id, version, number, provisional_ref, status, bill_date, bill_no, vendor_name, category, account_code, description,
  total_paise, over_budget, receipt_count, submitted_at, due_at, maker_name from expenses`;
const order = 'order by bill_date desc, id desc';
/** @type {Record<string, (request: any) => unknown>} */
const questions = {
  page: ({ collegeId, offset }) => all(`${page} where college_id = ? ${order} limit 100 offset ?`, collegeId, offset),
  search: ({ collegeId, text }) =>
    all(
      `${page} where college_id = ? and row_id in (select rowid from expenses_search where text match ?) ${order} limit 100`,
      collegeId,
      `"${text}"`,
    ),
  filter: ({ collegeId, status, category, from, to }) =>
    all(
      `${page} where college_id = ? and status = ? and category = ? and bill_date between ? and ? ${order} limit 100`,
      collegeId,
      status,
      category,
      from,
      to,
    ),
  totals: ({ collegeId }) =>
    all('select status, count(*), sum(total_paise) from expenses where college_id = ? group by status', collegeId),
  filteredTotals: ({ collegeId, category, from, to }) =>
    all(
      'select status, count(*), sum(total_paise) from expenses where college_id = ? and category = ? and bill_date between ? and ? group by status',
      collegeId,
      category,
      from,
      to,
    ),
  groupBy: ({ collegeId }) =>
    all(
      'select substr(bill_date, 1, 7), category, count(*), sum(total_paise) from expenses where college_id = ? group by 1, 2',
      collegeId,
    ),
  vendorTotals: ({ collegeId }) =>
    all(
      "select vendor_id, count(*), sum(total_paise) from expenses where college_id = ? and status not in ('cancelled', 'rejected', 'reversed') group by vendor_id",
      collegeId,
    ),
  save: ({ row, audit, outbox, undo }) => saveAll([row], audit, outbox, undo),
  import: ({ batches }) => {
    for (const { rows, audit, outbox, undo } of batches) saveAll(rows, audit, outbox, undo);
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
const all = (text, ...values) => statement(text).all(...values);

/** One command as Munim keeps it: the rows, the link of the audit chain, the outbox and the undo images, in one transaction. */
const saveAll = db.transaction(
  (
    /** @type {unknown[][]} */ rows,
    /** @type {unknown[]} */ audit,
    /** @type {unknown[]} */ outbox,
    /** @type {unknown[][]} */ undo,
  ) => {
    for (const row of rows) {
      statement('select id from expenses where college_id = ? and import_key = ?').all(row[0], row[39]);
      statement(insertText).run(...row);
    }
    statement('select position, hash from audit_entries where college_id = ? order by position desc limit 1').get(
      audit[0],
    );
    statement('insert into audit_entries values (?, ?, ?, ?, ?, ?, ?, ?, ?)').run(...audit);
    statement('insert into outbox values (?, ?, ?, ?, ?, ?)').run(...outbox);
    for (const image of undo) statement('insert into undo_images values (?, ?, ?, ?, ?)').run(...image);
  },
);

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const begun = performance.now();
  let rows = 0;
  if (request.op === 'load') load(request.count);
  else {
    const answer = questions[request.op]?.(request);
    rows = Array.isArray(answer) ? answer.length : 0;
  }
  const ms = performance.now() - begun;
  process.stdout.write(`${JSON.stringify({ ms, rows, rssBytes: process.memoryUsage().rss })}\n`);
}
db.close();
