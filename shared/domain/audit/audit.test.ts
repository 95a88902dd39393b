import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CollegeWorld, expectOk } from '../../testing/college-world.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import type { AuditEntry } from '../rows.ts';
import { type AuditHead, chainStart, link, verifyChain } from './chain.ts';

async function entries(): Promise<readonly AuditEntry[]> {
  const world = await CollegeWorld.create(3, { supplies: 1_00_00_000_00n });
  const expense = await world.submitted({ taxablePaise: 60_000_00n });
  expectOk(await world.approve(expense));
  await world.submitted();
  return world.books.rows('audit_entries');
}

/** Changes one letter or figure of a value. */
function tampered(value: string | number | null): string | number {
  if (typeof value === 'number') return value + 1;
  if (value === null || value === '') return 'x';
  const last = value.charAt(value.length - 1);
  return value.slice(0, -1) + (last === '0' ? '1' : '0');
}

describe('the audit chain', () => {
  it('verifies from the start, from any checked place, and in pages', async () => {
    const all = await entries();
    const last = all.at(-1);
    expect(all.map((entry) => entry.position)).toEqual(all.map((_, index) => index + 1));
    expect(await verifyChain(all, nodeDigest)).toEqual({ ok: true, head: { position: all.length, hash: last?.hash } });
    const half = await verifyChain(all.slice(0, 4), nodeDigest);
    expect(half.ok && (await verifyChain(all.slice(4), nodeDigest, half.head)).ok).toBe(true);
    expect(await verifyChain([], nodeDigest)).toEqual({ ok: true, head: chainStart });
  });

  it('shows the first entry of which anything was changed', async () => {
    const all = await entries();
    const fields = Object.keys(all[0] ?? {}) as (keyof AuditEntry)[];
    expect(fields).toHaveLength(15);
    await fc.assert(
      fc.asyncProperty(fc.nat(all.length - 1), fc.constantFrom(...fields), async (at, field) => {
        const forged = all.map((entry, index) =>
          index === at ? { ...entry, [field]: tampered(entry[field]) } : entry,
        );
        expect(await verifyChain(forged, nodeDigest)).toEqual({ ok: false, position: at + 1 });
      }),
      { numRuns: 200 },
    );
  });

  it('shows where entries are missing, moved or repeated', async () => {
    const all = await entries();
    const [a, b, c, ...rest] = all;
    if (a === undefined || b === undefined || c === undefined) throw new Error('too few entries');
    expect(await verifyChain([a, c, ...rest], nodeDigest)).toEqual({ ok: false, position: 2 });
    expect(await verifyChain([b, c, ...rest], nodeDigest)).toEqual({ ok: false, position: 1 });
    expect(await verifyChain([a, c, b, ...rest], nodeDigest)).toEqual({ ok: false, position: 2 });
    expect(await verifyChain([a, b, b, c, ...rest], nodeDigest)).toEqual({ ok: false, position: 3 });
  });

  it('shows where an entry was rewritten with a fitting hash of its own', async () => {
    const all = await entries();
    const [a, b, ...rest] = all;
    if (a === undefined || b === undefined) throw new Error('too few entries');
    const forged = link({ ...b, actorName: 'Somebody else' }, a, nodeDigest);
    expect(await verifyChain([a, forged, ...rest], nodeDigest)).toEqual({ ok: false, position: 3 });
  });

  it('shows where entries were taken out and the rest linked again', async () => {
    const all = await entries();
    let head: AuditHead = chainStart;
    const relinked: AuditEntry[] = [];
    for (const entry of all.filter(({ position }) => position !== 3)) {
      // Linked to the entry before, under the position it always had.
      const next = link(entry, { position: entry.position - 1, hash: head.hash }, nodeDigest);
      relinked.push(next);
      head = next;
    }
    expect(await verifyChain(relinked, nodeDigest)).toEqual({ ok: false, position: 3 });
  });

  it('asks for the signature of each entry where the keys are known', async () => {
    const all = await entries();
    const verdict = await verifyChain(all, nodeDigest, chainStart, (entry) => entry.position !== 3);
    expect(verdict).toEqual({ ok: false, position: 3 });
  });

  it('does not mind columns that a database adds', async () => {
    const stored = (await entries()).map((entry) => ({ ...entry, version: 7 }));
    expect((await verifyChain(stored, nodeDigest)).ok).toBe(true);
  });
});

describe('an audit entry', () => {
  it('tells what was before and after, of a changed row only what differs', async () => {
    const world = await CollegeWorld.create(1, { supplies: 1_00_00_000_00n });
    const draft = await world.draft();
    const added = world.books.rows('audit_entries').at(-1);
    expect(JSON.parse(added?.changes ?? '')).toMatchObject([
      { kind: 'added', table: 'expenses', id: draft.id, after: { status: 'draft', totalPaise: { $n: '100000' } } },
    ]);
    const { audit } = expectOk(await world.submit(draft.id));
    const changes: unknown[] = JSON.parse(audit.changes);
    expect(changes).toContainEqual(
      expect.objectContaining({
        kind: 'changed',
        table: 'expenses',
        before: { status: 'draft', number: null, submittedAt: null, decidedAt: null, voucherId: null, revision: 1 },
      }),
    );
    expect(changes.map((change) => (change as { table: string }).table).sort()).toEqual([
      'bill_allocations',
      'budgets',
      'expenses',
      'voucher_lines',
      'voucher_lines',
      'vouchers',
    ]);
    expect(audit).toMatchObject({ commandName: 'expense.submit', actorName: 'Asha Kulkarni', documentId: draft.id });
  });

  it('keeps a row that was removed', async () => {
    const world = await CollegeWorld.create();
    const draft = await world.draft();
    const receiptId = await world.attach(draft.id);
    const { audit } = expectOk(await world.run('receipt.remove', { receiptId, expenseId: draft.id }, world.accountant));
    expect(JSON.parse(audit.changes)[0]).toMatchObject({
      kind: 'removed',
      table: 'receipts',
      id: receiptId,
      before: { fileName: 'bill.pdf' },
    });
  });
});
