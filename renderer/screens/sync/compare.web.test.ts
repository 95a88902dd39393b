/// <reference types="node" />
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const ID = '01980000-0000-7000-8004-000000000000';

test('the comparison names the first row that differs, and its text can be copied', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.evaluate((id) => {
    const equal = { id, code: 'NHC', outcome: 'equal' as const, version: 41, rows: 1200, tables: [], first: null };
    const different = {
      ...equal,
      id: '01980000-0000-7000-8004-000000000001',
      code: 'PUN',
      outcome: 'different' as const,
      rows: null,
      tables: [{ table: 'vendors', here: 3, there: 4 }],
      first: { version: 7, table: 'vendors', id, kind: 'only-there' as const },
    };
    window.memory.answer('sync.pendingList', () => ({ rows: [] }));
    window.memory.answer('attention.list', () => ({ rows: [] }));
    window.memory.answer('sync.compare', () => ({ colleges: [equal, different] }));
    Object.defineProperty(navigator, 'clipboard', {
      value: { writeText: async (text: string) => Object.assign(window, { copied: text }) },
    });
    window.location.hash = '/sync';
  }, ID);
  await page.getByRole('button', { name: 'Compare now' }).click();
  const lines = [
    'NHC: equal at change 41; 1,200 rows compared.',
    'PUN: different at change 41. Tell your IT admin and send the text below.',
    'vendors: 3 here, 4 at the server',
    `First difference: vendors ${ID} of change 7 is at the server only.`,
  ];
  for (const line of lines) await page.getByText(line, { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Copy as text' }).click();
  expect(await page.evaluate(() => Reflect.get(window, 'copied'))).toBe(lines.join('\n'));
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
});
