import { afterAll, beforeAll, expect, it } from 'vitest';
import { testFolder } from '../../../shared/engine/testing.ts';
import type { ErrorCode } from '../../../shared/kernel/errors.ts';
import type { CommandResult } from '../../../shared/sync/messages.ts';
import { CollegeWorld } from '../../../shared/testing/college-world.ts';
import { nodeDigest } from '../node-digest.ts';
import { CommandStore } from './command-store.ts';
import { ackedSeq, nextPlace, parkedSeqs, recordResults } from './outbox.ts';
import { rebase } from './rebase.ts';
import { commandOf, openDeskBooks, type TestBooks } from './testing.ts';

const DEVICE = '018f0000-0000-7000-8000-0000000000d1';
const { folder, remove } = testFolder();
let books: TestBooks;

beforeAll(async () => {
  books = await openDeskBooks(folder);
});
afterAll(async () => {
  await books?.close();
  remove();
});

it('knows of its commands only what its books show no more', async () => {
  const world = await CollegeWorld.create(7);
  await books.reset(world);
  const store = new CommandStore(books.db, nodeDigest);
  expect(await nextPlace(books.db)).toEqual({ seq: 1, knows: 0 });
  const ids: string[] = [];
  for (const seq of [1, 2, 3]) {
    const header = world.header();
    ids.push(header.id);
    const none = { gstin: null, pan: null, ifsc: null, accountNumber: null, accountName: null, email: null };
    const args = { vendorId: world.newId(), fields: { name: `Vendor ${seq}`, ...none, phone: null } };
    const attempt = { header, name: 'vendor.create', args, actor: world.accountant } as const;
    const saved = await store.save({ ...commandOf(attempt, DEVICE, seq), actorName: 'A', settles: null });
    expect(saved.ok).toBe(true);
  }
  const told = (seq: number, status: CommandResult['status'], code: ErrorCode | null): CommandResult => {
    return { id: ids[seq - 1] ?? '', seq, status, duplicate: false, code, details: {} };
  };
  const rebased = () => {
    const { collegeId } = world;
    return rebase({ db: books.db, collegeId, digest: nodeDigest, now: 5, forget: () => store.forget() });
  };
  const stands = async () => ({ ...(await nextPlace(books.db)), acked: await ackedSeq(books.db) });
  expect(await stands()).toEqual({ seq: 4, knows: 0, acked: 0 });

  // The refused one still shows, so what is entered now is entered on top of it.
  await recordResults(books.db, [told(1, 'applied', null), told(2, 'rejected', 'VENDOR_DUPLICATE')]);
  expect(await stands()).toEqual({ seq: 4, knows: 1, acked: 2 });
  await rebased();
  expect(await stands()).toEqual({ seq: 4, knows: 2, acked: 2 });

  await recordResults(books.db, [told(3, 'parked', 'COMMAND_UNKNOWN')]);
  expect(await stands()).toEqual({ seq: 4, knows: 2, acked: 3 });
  expect(await parkedSeqs(books.db, 10)).toEqual([3]);
  await recordResults(books.db, [told(3, 'rejected', 'VENDOR_DUPLICATE')]);
  await rebased();
  expect(await stands()).toEqual({ seq: 4, knows: 3, acked: 3 });
  expect(await parkedSeqs(books.db, 10)).toEqual([]);
});
