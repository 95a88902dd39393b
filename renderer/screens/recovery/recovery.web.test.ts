/// <reference types="node" />
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

/** The desk at work, whose books are then found damaged. */
async function damaged(language: 'en' | 'hi', backupAt: number | null) {
  const page = await screens.open({ path: '/expenses', language });
  await page.evaluate(async (at) => {
    const session = await window.memory.invoke('session.get', {});
    const problem = { code: 'ENGINE_CORRUPT', details: { detail: 'expenses: block 7' } } as const;
    const look = {
      books: 'closed' as const,
      problem: { ...problem },
      possible: true,
      backupAt: at,
      journaled: 12,
      lastEntryAt: 1_795_000_000_000,
      recovered: null,
    };
    window.memory.refuse('session.get', problem.code, problem.details);
    window.memory.answer('recovery.look', () => look);
    window.memory.answer('recovery.start', () => {
      const open = { ...look, books: 'open' as const, possible: false, problem: null };
      window.memory.answer('session.get', () => (session.ok ? session.value : null) as never);
      window.memory.answer('recovery.look', () => open);
      return open;
    });
    window.memory.emit({ name: 'ledger', data: { state: 'gave_up' } });
  }, backupAt);
  return page;
}

test('damaged books: the page says what is kept, and one button puts it together again', async () => {
  const page = await damaged('en', 1_794_990_000_000);
  await page.getByText('12 entries are kept in the journal').waitFor();
  await page.getByText('There is a checked backup').waitFor();
  await page.getByText('ENGINE_CORRUPT').waitFor();
  expect(await axeProblems(page)).toEqual([]);
  await page.getByRole('button', { name: 'Restore the books' }).click();
  await page.getByRole('button', { name: 'Restore the books' }).waitFor({ state: 'detached' });
  await page.locator('.status-bar').waitFor();
  const calls = await page.evaluate(() => window.memory.calls.filter(({ channel }) => channel === 'recovery.start'));
  expect(calls).toHaveLength(1);
});

test('without a backup it says that the server is needed, in Hindi too', async () => {
  const page = await damaged('hi', null);
  await page.getByText('सर्वर से जुड़ने तक').waitFor();
  expect(await axeProblems(page)).toEqual([]);
});
