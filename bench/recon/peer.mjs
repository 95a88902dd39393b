// What a reconciliation in SQL does with the same rows: joins by exact number, by cheque and by exact name, where each fits one only. An
// in-memory database without a journal, which is the quickest it can be. Reads one JSON request a line and answers with one line each.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

// Installed in `bench` and only for the benchmarks, so the rest of the project compiles without it.
const Database = createRequire(import.meta.url)('better-sqlite3');

const numbers = /[A-Z]{4}[A-Z0-9]\d{8,17}|\d{12,}|[A-Z0-9]{14}/g;
const bare = (/** @type {string} */ text) => text.replace(/^0+(?=\d+$)/, '');
const numbersOf = (/** @type {string} */ text) =>
  new Set([...text.toUpperCase().matchAll(numbers)].map(([found]) => bare(found)));

const tables = `
  create table lines (id integer primary key, day integer, paise integer, cheque text, narration text);
  create table entries (id integer primary key, day integer, paise integer, cheque text, party text);
  create table line_numbers (number text, line integer);
  create table entry_numbers (number text, entry integer);
  create table matches (line integer primary key, entry integer unique);`;

/** Those of a join that have no other, neither for the line nor for the entry. */
const only = (/** @type {string} */ join) => `
  insert into matches select line, entry from (
    select line, entry, count(*) over (partition by line) as of_line, count(*) over (partition by entry) as of_entry
    from (select distinct l.id as line, e.id as entry ${join}
      and l.id not in (select line from matches) and e.id not in (select entry from matches)))
  where of_line = 1 and of_entry = 1`;

const passes = [
  `from line_numbers ln join entry_numbers en on en.number = ln.number
     join lines l on l.id = ln.line join entries e on e.id = en.entry where e.paise = l.paise`,
  `from lines l join entries e on e.cheque = l.cheque and e.paise = l.paise where l.day - e.day between -3 and 90`,
  `from lines l join entries e on e.paise = l.paise and e.day between l.day - 3 and l.day + 3
     where e.party <> '' and instr(l.narration, e.party) > 0`,
];

/** @param {string} from @param {string} to */
function match(from, to) {
  const { lines, entries } = JSON.parse(readFileSync(from, 'utf8'));
  const begun = performance.now();
  const db = new Database(':memory:');
  db.exec(tables);
  const [line, entry, lineNumber, entryNumber] = [
    'lines values (?, ?, ?, ?, ?)',
    'entries values (?, ?, ?, ?, ?)',
    'line_numbers values (?, ?)',
    'entry_numbers values (?, ?)',
  ].map((into) => db.prepare(`insert into ${into}`));
  db.transaction(() => {
    for (const [id, { day, paise, cheque, narration, reference }] of lines.entries()) {
      line.run(id, day, BigInt(paise), cheque, narration.toUpperCase());
      for (const number of numbersOf(`${narration} ${reference ?? ''}`)) lineNumber.run(number, id);
    }
    for (const [id, { day, paise, cheque, party, references }] of entries.entries()) {
      entry.run(id, day, BigInt(paise), cheque, party.toUpperCase());
      for (const number of numbersOf(references.join(' '))) entryNumber.run(number, id);
    }
  })();
  db.exec(`create index n on entry_numbers(number); create index c on entries(cheque, paise) where cheque is not null;
    create index a on entries(paise, day); analyze`);
  for (const join of passes) db.exec(only(join));
  const found = db.prepare('select line, entry from matches').raw().all();
  const ms = performance.now() - begun;
  const { rss: rssBytes } = process.memoryUsage();
  db.close();
  writeFileSync(to, JSON.stringify(found));
  return { ms, rows: found.length, rssBytes };
}

createInterface({ input: process.stdin }).on('line', (text) => {
  const { from, to } = JSON.parse(text);
  process.stdout.write(`${JSON.stringify(match(from, to))}\n`);
});
