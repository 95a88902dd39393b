/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAs } from '../../testing/open-as.ts';
import { type Screens, startScreens } from '../../testing/open-page.ts';
import { bankAnswers } from '../../testing/sample-bank.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const COUNT = 100_000;

/** Answers both lists as a desk with very many open lines does: windows of them, and those that have the words. */
async function withMany(page: Page): Promise<void> {
  const [line] = bankAnswers['reconciliation.lines'].rows;
  const [entry] = bankAnswers['reconciliation.entries'].rows;
  await page.evaluate(
    ({ line, entry, count }) => {
      const idOf = (kind: string, index: number) =>
        `01980000-0000-7000-8${kind}-${index.toString(16).padStart(12, '0')}` as string;
      const windowOf = <T>(make: (index: number) => T, { text, offset, limit }: Record<string, unknown>) => {
        const wanted = String(text);
        const all = Array.from({ length: count }, (_, index) => index);
        const fitting = wanted === '' ? all : all.filter((index) => `LINE ${index}`.endsWith(` ${wanted}`));
        const from = Number(offset);
        return { rows: fitting.slice(from, from + Number(limit)).map(make), count: fitting.length };
      };
      window.memory.answer('reconciliation.lines', (question) =>
        windowOf((index) => ({ ...line, id: idOf('0f1', index), narration: `LINE ${index}` }), question),
      );
      window.memory.answer('reconciliation.entries', (question) =>
        windowOf((index) => ({ ...entry, id: idOf('0f2', index), number: `LINE ${index}` }), question),
      );
    },
    { line: line as NonNullable<typeof line>, entry: entry as NonNullable<typeof entry>, count: COUNT },
  );
}

const grid = (page: Page, name: string) => page.getByRole('grid', { name });
const place = (page: Page, name: string, index: number) =>
  grid(page, name).locator(`[role=row][aria-rowindex="${index + 2}"]`);
const activePlace = (page: Page, name: string): Promise<number> =>
  grid(page, name).evaluate((element) => {
    const row = document.getElementById(element.getAttribute('aria-activedescendant') ?? '')?.closest('[role=row]');
    return Number(row?.getAttribute('aria-rowindex')) - 2;
  });

test('of a hundred thousand open lines only those in sight are in the document, and every key is answered', async () => {
  const page = await openAs(screens, 'college_accounts_admin', '/expenses', bankAnswers);
  await withMany(page);
  await page.evaluate(() => {
    window.location.hash = '/reconciliation';
  });
  await place(page, 'Bank', 3).waitFor();
  await place(page, 'Books', 3).waitFor();
  const inDocument = () => page.locator('[role=grid] [role=row]').count();
  expect(await inDocument()).toBeLessThan(120);
  expect(await grid(page, 'Bank').getAttribute('aria-rowcount')).toBe(String(COUNT + 1));

  await grid(page, 'Bank').focus();
  // The first, the last, one page up from it, and step by step from there.
  await page.keyboard.press('End');
  await place(page, 'Bank', COUNT - 1)
    .getByText(`LINE ${COUNT - 1}`)
    .waitFor();
  expect(await activePlace(page, 'Bank')).toBe(COUNT - 1);
  await page.keyboard.press('PageUp');
  const above = await activePlace(page, 'Bank');
  expect(above).toBeLessThan(COUNT - 5);
  for (let step = 1; step <= 40; step += 1) await page.keyboard.press('ArrowUp');
  await expect.poll(() => activePlace(page, 'Bank')).toBe(above - 40);
  await page.keyboard.press('Space');
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await place(page, 'Books', COUNT - 1)
    .getByText(`LINE ${COUNT - 1}`)
    .waitFor();
  await page.keyboard.press('Space');
  // What was marked far apart is matched although neither row was in the first window.
  await expect.poll(() => page.locator('.recon-tally dd').allInnerTexts()).toEqual(['-5,000.00', '-5,000.00', '0.00']);
  await page.keyboard.press('m');
  const commands = () =>
    page.evaluate(() =>
      window.memory.calls.filter(({ channel }) => channel === 'commands.run').map(({ input }) => input),
    );
  await expect
    .poll(commands)
    .toMatchObject([{ args: { matches: [{ lineIds: [expect.any(String)], entryIds: [expect.any(String)] }] } }]);
  await page.keyboard.press('Home');
  await place(page, 'Books', 0).waitFor();
  expect(await inDocument()).toBeLessThan(120);

  await page.keyboard.press('/');
  await page.keyboard.type('77777');
  await place(page, 'Bank', 0).getByText('LINE 77777').waitFor();
  await expect.poll(() => grid(page, 'Bank').getAttribute('aria-rowcount')).toBe('2');
  expect(await page.locator('.recon-full').first().innerText()).toContain('LINE 77777');
  // Windows, never the whole list.
  const asked = await page.evaluate(() =>
    window.memory.calls
      .filter(({ channel }) => channel === 'reconciliation.lines')
      .map(({ input }) => input as { limit: number }),
  );
  expect(Math.max(...asked.map(({ limit }) => limit))).toBeLessThanOrEqual(500);
  await page.context().close();
});
