import { describe, expect } from 'vitest';
import { wrongLedgerDays } from './ledger-days.ts';
import { executeSuite } from './testing/execute-suite.ts';
import { pgliteBooks } from './testing/pglite-books.ts';

describe('commands in PGlite, as the owner of its database that a desk is', () =>
  executeSuite(
    pgliteBooks,
    (db, _, work) => db.transaction((tx) => work(tx as unknown as typeof db)),
    // Kept on desks alone.
    async (tx) => expect(await wrongLedgerDays(tx)).toBe(0),
  ));
