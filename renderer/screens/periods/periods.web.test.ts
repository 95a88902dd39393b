/// <reference types="node" />
import { mkdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAs } from '../../testing/open-as.ts';
import { axeProblems, type PageOptions, type Screens, startScreens } from '../../testing/open-page.ts';
import { periods } from '../../testing/sample-answers.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const open = (options: PageOptions = {}): Promise<Page> =>
  openAs(screens, 'principal', '/periods', { 'periods.list': periods }, options);
const sent = (page: Page): Promise<unknown[]> =>
  page.evaluate(() =>
    window.memory.calls.filter(({ channel }) => channel === 'commands.run').map(({ input }) => input),
  );

test.each([
  ['light', 'en'],
  ['dark', 'hi'],
] as const)('axe finds nothing (%s, %s)', async (theme, language) => {
  const page = await open({ theme, language });
  await page.locator('.periods-table').first().waitFor();
  expect(await axeProblems(page)).toEqual([]);
  const folder = process.env.MUNIM_PICTURES;
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: `${folder}/periods-${theme}-${language}.png` });
  }
  await page.close();
});

test('a month is opened again for a reason, and closed after its consequence was told', async () => {
  const page = await open();
  await page.evaluate(() =>
    window.memory.answer('commands.run', () => ({
      commandId: '01980000-0000-7000-8002-000000000009',
      seq: 1,
      reference: null,
    })),
  );
  await page.getByRole('button', { name: 'Open again Apr 2026' }).click();
  await page.getByText('Apr 2026 takes postings again').waitFor();
  await page.keyboard.press('Control+a');
  await page.getByText('Fill this in.').waitFor();
  expect(await sent(page)).toEqual([]);
  await page.getByLabel('Reason').fill('The electricity bill');
  await page.keyboard.press('Control+a');
  await page.locator('dialog').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Close Jun 2026' }).click();
  await page.getByText('Nothing more is posted to Jun 2026').waitFor();
  await page.keyboard.press('Control+Enter');
  await page.locator('dialog').waitFor({ state: 'detached' });
  expect(await sent(page)).toMatchObject([
    { name: 'period.reopen', args: { month: '2026-04', reason: 'The electricity bill' } },
    { name: 'period.close', args: { month: '2026-06' } },
  ]);
  await page.close();
});

test('a year that somebody else asks to open says so, and that its books changed since', async () => {
  const page = await open();
  await page.getByRole('alert').filter({ hasText: 'no longer say what they said' }).waitFor();
  await page.getByText('Another person has to do it').waitFor();
  await page.evaluate(() =>
    window.memory.refuse('commands.run', 'PERIOD_INVALID', { period: '2025-26', reason: 'same_person' }),
  );
  await page.getByRole('button', { name: 'Open the year again' }).click();
  await page.keyboard.press('Control+a');
  await page.getByText('whoever asks does not open it; another person has to').waitFor();
  expect(await sent(page)).toMatchObject([{ name: 'year.reopen', args: { financialYear: '2025-26' } }]);
  await page.close();
});
