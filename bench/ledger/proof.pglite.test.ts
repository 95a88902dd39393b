import path from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testFolder } from '../../shared/engine/testing.ts';
import { type OurBooks, openOurs } from '../ours.ts';
import { lastDay, openingDay } from './data.mjs';
import { writeJournal } from './journal.ts';
import { loadLedger } from './ours.ts';
import { journalProgramsHere } from './plain-text.ts';
import { proveTrialBalance } from './proof.ts';

const lineCount = 3_000;
const { folder, remove } = testFolder();
const journal = path.join(folder, 'ledger.journal');
const here = journalProgramsHere();
let books: OurBooks;
for (const name of ['hledger', 'ledger']) {
  if (!here.some((one) => one.name === name))
    console.warn(`skipped: ${name} is not installed, so it proves nothing here`);
}

describe.skipIf(here.length === 0)('our trial balance against plain-text accounting', () => {
  beforeAll(async () => {
    await loadLedger(folder, lineCount);
    writeJournal(journal, lineCount);
    books = await openOurs(folder);
  });
  afterAll(async () => {
    await books?.engine.close();
    remove();
  });

  for (const name of ['hledger', 'ledger']) {
    const program = here.find((one) => one.name === name);
    test.skipIf(program === undefined)(
      `${name} adds up the same to the paisa, at ends of months and between`,
      async () => {
        if (program === undefined) throw new Error(`${name} is not installed`);
        for (const day of [openingDay, '2024-09-30', '2025-01-17', '2025-03-31', '2025-04-01', '2025-11-30', lastDay]) {
          const { accounts, differences } = await proveTrialBalance(books.db, program, journal, day);
          expect([day, differences]).toEqual([day, []]);
          expect(accounts).toBeGreaterThan(40);
        }
      },
    );

    test.skipIf(program === undefined)(`${name} sees a paisa that is wrong in ours`, async () => {
      if (program === undefined) throw new Error(`${name} is not installed`);
      await books.db
        .transaction(async (tx) => {
          await tx.execute(
            sql`update "ledger_days" set "debit_paise" = "debit_paise" + 1 where "date" = ${lastDay}::date`,
          );
          const { differences } = await proveTrialBalance(tx as unknown as OurBooks['db'], program, journal, lastDay);
          expect(differences.length).toBeGreaterThan(0);
          for (const { ours, theirs } of differences) expect(ours - theirs).toBe(1n);
          throw new Error('undone');
        })
        .catch((thrown: unknown) => expect(String(thrown)).toContain('undone'));
    });
  }
});
