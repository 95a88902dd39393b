import { sql } from 'drizzle-orm';
import { previewRows } from '../electron/services/imports.ts';
import { outbox } from '../shared/db/desk-schema.ts';
import { runQuery } from '../shared/db/queries/run-query.ts';
import { auditEntries, expenses } from '../shared/db/schema.ts';
import { istDate } from '../shared/kernel/dates.ts';
import { uuidv7 } from '../shared/kernel/ids.ts';
import { limits } from '../shared/kernel/limits.ts';
import { systemRandom } from '../shared/ports/random.ts';
import { benchCollegeId, expenseColumns, vendorId, vendorName } from './data.mjs';
import type { OurBooks } from './ours.ts';
import type { Peer, PeerAnswer } from './peer-process.ts';

const newId = (): string => uuidv7(Date.now(), systemRandom.bytes(10));

/** What one saved command wrote on our side, so that the peer writes rows of the same content and size. */
async function lastWritten(ours: OurBooks, rows: number, bills = '%') {
  const [audit] = await runQuery(
    ours.db,
    sql`select * from ${auditEntries} where "college_id" = ${benchCollegeId}::uuid order by "position" desc limit 1`,
  );
  const [sent] = await runQuery(ours.db, sql`select * from ${outbox} order by "seq" desc limit 1`);
  const kept = await runQuery(
    ours.db,
    sql`select * from ${expenses} where "college_id" = ${benchCollegeId}::uuid and "version" = 0 and "bill_no" like ${bills} order by "created_at" desc limit ${rows}::int8`,
  );
  if (audit === undefined || sent === undefined) throw new Error('nothing was written');
  const auditRow = [
    'college_id',
    'id',
    'position',
    'previous_hash',
    'hash',
    'command',
    'signature',
    'changes',
    'document_id',
  ];
  const outboxRow = ['seq', 'command_id', 'document_id', 'command', 'signature', 'status'];
  const plain = (value: unknown): unknown =>
    typeof value === 'bigint' ? Number(value) : typeof value === 'boolean' ? Number(value) : (value ?? null);
  return {
    rows: kept.map((row) => expenseColumns.map(([name]) => plain(row[name]))),
    audit: auditRow.map((name) => plain(audit[name])),
    outbox: outboxRow.map((name) => plain(sent[name])),
    undo: [
      ...kept.map((row, index) => [plain(sent.seq), index, 'expenses', row.id, null]),
      [plain(sent.seq), kept.length, 'audit_entries', audit.id, null],
    ],
  };
}

/** One expense after the other, each durable before the next, in turns; the peer writes what our side wrote. */
export async function saveBoth(ours: OurBooks, peer: Peer, count: number): Promise<{ ours: number[]; peer: number[] }> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < count; round += 1) {
    const begun = performance.now();
    await ours.runner.run(
      { collegeId: benchCollegeId, name: 'expense.create', args: { expenseId: newId(), fields: fieldsOf(round) } },
      ours.actor,
    );
    times.ours.push(performance.now() - begun);
    const written = await lastWritten(ours, 1);
    times.peer.push((await peer.ask({ op: 'save', ...written, row: written.rows[0] })).ms);
  }
  return times;
}

const fieldsOf = (round: number) => ({
  category: 'supplies',
  accountCode: '5200',
  vendorId: vendorId(round % 800),
  billNo: `S/${newId().slice(-9)}`,
  billDate: istDate(Date.now()),
  description: 'A4 paper for the examination hall',
  department: null,
  taxablePaise: 100_000n + BigInt(round),
  cgstPaise: 9_000n,
  sgstPaise: 9_000n,
  igstPaise: 0n,
  itcEligible: false,
  tdsPaise: 0n,
});

/** A file of bills from upload to the last durable batch; the peer is given the finished rows and only writes them. */
export async function importBoth(
  ours: OurBooks,
  peer: Peer,
  count: number,
): Promise<{ ours: number; peer: PeerAnswer }> {
  const mark = newId().slice(-6);
  const lines = Array.from({ length: count }, (_, index) =>
    [
      istDate(Date.now() - (index % 60) * 86_400_000),
      `${mark}/${index}`,
      vendorName(index % 800),
      'supplies',
      `Toner, lot ${index}`,
      '1180.00',
    ]
      .map((cell) => `"${cell}"`)
      .join(','),
  );
  const bytes = Buffer.from(['Bill date,Bill no,Vendor name,Category,Description,Total amount', ...lines].join('\n'));
  const begun = performance.now();
  const { fileId } = await ours.files['files.begin']({
    fileName: 'bench.csv',
    sizeBytes: bytes.length,
    purpose: 'import',
  });
  for (let offset = 0; offset < bytes.length; offset += limits.file.uploadChunkBytes) {
    const piece = bytes.subarray(offset, offset + limits.file.uploadChunkBytes).toString('base64');
    await ours.files['files.write']({ fileId, offset, bytes: piece });
  }
  const plan = await ours.files['imports.plan']({
    kind: 'expenses',
    collegeId: benchCollegeId,
    fileId,
    sheet: null,
    headerRow: null,
    mapping: null,
  });
  if (plan.preview.length !== previewRows) throw new Error('the plan is not whole');
  const mapping = plan.columns.flatMap(({ index, field }) => (field === null ? [] : [{ index, field }]));
  const { id } = await ours.files['imports.run']({
    kind: 'expenses',
    collegeId: benchCollegeId,
    fileId,
    sheet: plan.sheet,
    headerRow: plan.headerRow,
    mapping,
    language: 'en',
  });
  let job = await ours.files['jobs.get']({ id });
  while (job.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, 5));
    job = await ours.files['jobs.get']({ id });
  }
  const ms = performance.now() - begun;
  if (job.result?.added !== count) throw new Error(`the import added ${JSON.stringify(job)}`);
  return { ours: ms, peer: await peer.ask({ op: 'import', batches: await batchesOf(ours, count, `${mark}/%`) }) };
}

/** The rows our side wrote, cut as its batches were. */
async function batchesOf(ours: OurBooks, count: number, bills: string) {
  const whole = await lastWritten(ours, count, bills);
  const size = limits.import.batchRows;
  const batches = Math.ceil(count / size);
  return Array.from({ length: batches }, (_, index) => {
    const rows = whole.rows.slice(index * size, (index + 1) * size);
    const behind = batches - 1 - index;
    const seq = Number(whole.outbox[0]) - behind;
    const [id, position] = [newId(), Number(whole.audit[2]) - behind];
    return {
      rows,
      audit: whole.audit.map((cell, at) => (at === 1 ? id : at === 2 ? position : cell)),
      outbox: whole.outbox.map((cell, at) => (at === 0 ? seq : at === 1 ? id : cell)),
      undo: rows.map((row, ordinal) => [seq, ordinal, 'expenses', row[1], null]),
    };
  });
}
