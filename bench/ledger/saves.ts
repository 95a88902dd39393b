import { sql } from 'drizzle-orm';
import { runQuery, text } from '../../shared/db/queries/run-query.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import { benchCollegeId } from '../data.mjs';
import type { OurBooks } from '../ours.ts';
import type { Peer } from '../peer-process.ts';
import { vendorCount, vendorId } from './data.mjs';

const newId = (): string => uuidv7(Date.now(), systemRandom.bytes(10));

/** A supplier's bill of three debits, entered, signed, decided, chained and on the disk. Answers how long that took, in milliseconds. */
export async function saveVoucher(
  ours: OurBooks,
  round: number,
): Promise<{ readonly ms: number; readonly id: string }> {
  const voucherId = newId();
  const [today, reference] = [istDate(Date.now()), `S/${voucherId.slice(-12)}`];
  const net = 10_000_00n + BigInt(round);
  const plain = { vendorId: null, departmentCode: null, fundCode: null };
  const debit = (accountCode: string, debitPaise: bigint) => ({ ...plain, accountCode, debitPaise, creditPaise: 0n });
  const creditPaise = net + 1_800_00n;
  const bill = { kind: 'new', name: reference, amountPaise: creditPaise, dueOn: null } as const;
  const vendor = vendorId(round % vendorCount);
  const credit = { ...plain, accountCode: '2100', vendorId: vendor, debitPaise: 0n, creditPaise, bills: [bill] };
  const args = {
    voucherId,
    kind: 'purchase' as const,
    date: today,
    narration: 'A4 paper for the examination hall',
    reference,
    referenceDate: today,
    lines: [debit('5200', net), debit('1400', 900_00n), debit('1410', 900_00n), credit],
  };
  const begun = performance.now();
  await ours.runner.run({ collegeId: benchCollegeId, name: 'voucher.post', args }, ours.actor);
  return { ms: performance.now() - begun, id: voucherId };
}

/** What the last command wrote, by table, so that the peer writes rows of the same content. */
async function lastWritten(ours: OurBooks, voucherId: string): Promise<readonly object[]> {
  const last = sql.raw('(select max("seq") from "desk"."outbox")');
  const sources = [
    ['vouchers', sql`"vouchers" t where "college_id" = ${benchCollegeId}::uuid and "id" = ${voucherId}::uuid`],
    [
      'voucher_lines',
      sql`"voucher_lines" t where "college_id" = ${benchCollegeId}::uuid and "voucher_id" = ${voucherId}::uuid`,
    ],
    [
      'bill_allocations',
      sql`"bill_allocations" t where "college_id" = ${benchCollegeId}::uuid and "voucher_id" = ${voucherId}::uuid`,
    ],
    [
      'audit_entries',
      sql`"audit_entries" t where "college_id" = ${benchCollegeId}::uuid order by "position" desc limit 1`,
    ],
    ['outbox', sql`"desk"."outbox" t where "seq" = ${last}`],
    ['undo_images', sql`"desk"."undo_images" t where "seq" = ${last}`],
  ] as const;
  const written: object[] = [];
  for (const [table, source] of sources) {
    const rows = await runQuery(ours.db, sql`select to_json(t)::text as "row" from ${source}`);
    for (const { row } of rows) written.push({ table, row: JSON.parse(text(row)) as object });
  }
  return written;
}

/** One voucher after the other, each durable before the next, in turns. */
export async function saveBoth(ours: OurBooks, peer: Peer, count: number): Promise<{ ours: number[]; peer: number[] }> {
  const times: { ours: number[]; peer: number[] } = { ours: [], peer: [] };
  for (let round = 0; round < count; round += 1) {
    const { ms, id } = await saveVoucher(ours, round);
    times.ours.push(ms);
    times.peer.push((await peer.ask({ op: 'save', rows: await lastWritten(ours, id) })).ms);
  }
  return times;
}
