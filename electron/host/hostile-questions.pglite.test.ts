import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { tableNames } from '../../shared/db/tables.ts';
import { testFolder } from '../../shared/engine/testing.ts';
import type { ChannelName, Input } from '../../shared/ipc/contract.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { openTestDesk, type TestDesk } from './testing.ts';

const { folder, remove } = testFolder();
let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk(folder);
});
afterAll(async () => {
  await desk?.close();
  remove();
});

const hostile = [
  "' OR 1=1 --",
  `'; DROP TABLE "expenses"; --`,
  '"; SELECT 1',
  '\\',
  "\\'; --",
  '$1',
  '%',
  '{"a":1}',
  '🙂',
];

/** Questions whose words reach the database, with every place filled. */
function questions(): Readonly<Partial<Record<ChannelName, Plain>>> {
  const { collegeId } = desk.world;
  const [expense] = desk.world.books.rows('expenses');
  const id = expense?.id ?? collegeId;
  const filter = {
    ...{ collegeId, text: 'x', status: ['draft'], category: ['supplies'], accountCode: '5200', vendorId: id },
    ...{ from: '2026-04-01', to: '2027-03-31', minPaise: null, maxPaise: null, pendingOnly: false },
  };
  const book = { collegeId, from: '2026-04-01', to: '2027-03-31' };
  const vouchers = { ...book, text: 'x', kind: ['journal'], accountCode: '5200', vendorId: id };
  return {
    'expenses.page': { filter, sort: 'date_desc', offset: 0, limit: 10 },
    'expenses.totals': { filter },
    'expenses.get': { id },
    'vendors.page': { collegeId, text: 'x', offset: 0, limit: 10 },
    'audit.page': { collegeId, text: 'x', documentId: id, offset: 0, limit: 10 },
    'vouchers.search': { collegeId, text: 'x', offset: 0, limit: 10 },
    'vendors.get': { id },
    'masters.get': { collegeId },
    'budgets.list': { collegeId, financialYear: '2026-27' },
    'consolidation.summary': { financialYear: '2026-27' },
    'reports.get': { ...book, report: 'ledger', accountCode: '5200', vendorId: id, language: 'en' },
    'vouchers.page': { filter: vouchers, offset: 0, limit: 10 },
    'vouchers.totals': { filter: vouchers },
    'ledger.page': { ...book, accountCode: '5200', vendorId: id, centreCode: 'x', offset: 0, limit: 10 },
    'drafts.save': { form: 'expense:new', content: 'x' },
    'drafts.get': { form: 'expense:new' },
  };
}

async function books(): Promise<string> {
  const texts: string[] = [];
  for (const table of tableNames) {
    const { rows } = (await desk.db.execute(
      sql.raw(`SELECT coalesce(json_agg(t ORDER BY t."id")::text, '') AS "all" FROM "${table}" t`),
    )) as unknown as { rows: { all: string }[] };
    texts.push(`${table} ${rows[0]?.all}`);
  }
  return texts.join('\n');
}

function variants(value: Plain, text: string): Plain[] {
  if (typeof value === 'string') return [text];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    variants(inner as Plain, text).map((changed) =>
      Array.isArray(value) ? [changed] : { ...(value as { readonly [key: string]: Plain }), [key]: changed },
    ),
  );
}

test('words in a question are words: each is answered or refused by name, and the books stay as they are', async () => {
  const before = await books();
  expect(before).toContain('colleges');
  for (const [name, question] of Object.entries(questions()) as [ChannelName, Plain][]) {
    let answered = 0;
    // A zero byte, which no database keeps, can only be refused.
    for (const text of [...hostile, 'a\0b']) {
      for (const input of variants(question, text)) {
        try {
          await desk.call(name, input as Input<typeof name>);
          answered++;
        } catch (thrown) {
          const isRefusal = thrown instanceof MunimError || thrown instanceof z.ZodError;
          expect([name, canonicalText(input), isRefusal ? 'refused' : String(thrown)]).toEqual([
            name,
            canonicalText(input),
            'refused',
          ]);
        }
      }
    }
    if (/page|totals|drafts/.test(name)) expect([name, answered > 0]).toEqual([name, true]);
  }
  expect(await books()).toBe(before);
});

test('a draft and a search give back exactly the words that were typed', async () => {
  for (const content of hostile) {
    await desk.call('drafts.save', { form: 'f', content });
    expect(await desk.call('drafts.get', { form: 'f' })).toEqual({ content });
  }
});
