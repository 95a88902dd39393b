/// <reference types="node" />
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { axeProblems, type Screens, startScreens } from '../../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

const sent = (page: Page, channel: string): Promise<unknown[]> =>
  page.evaluate(
    (wanted) => window.memory.calls.filter((call) => call.channel === wanted).map(({ input }) => input),
    channel,
  );

const ID = '01980000-0000-7000-8004-000000000000';

/** The sync screen with one refused edit: two people changed the description. */
async function withConflict(language: 'en' | 'hi' = 'en'): Promise<Page> {
  const page = await screens.open({ path: '/expenses', language });
  await page.evaluate((id) => {
    let settled = false;
    const row = {
      seq: 7,
      commandId: id,
      collegeId: '01980000-0000-7000-8000-00000000000a',
      name: 'expense.edit',
      documentId: id,
      reference: 'EXP-2026-27-000001',
      actorName: 'Meera Kulkarni',
      occurredAt: 1_795_000_000_000,
      code: 'COMMAND_CONFLICT',
      details: { fields: 'description' },
      typed: [
        { field: 'description', kind: 'text' as const, mine: 'Typed on this desk', theirs: 'Typed by the other' },
        { field: 'taxablePaise', kind: 'money' as const, mine: '12500050', theirs: null },
      ],
      ways: ['keep_mine' as const, 'take_theirs' as const, 'edit' as const],
    };
    window.memory.answer('sync.pendingList', () => ({ rows: [] }));
    window.memory.answer('attention.list', () => ({ rows: settled ? [] : [row] }));
    window.memory.answer('attention.settle', () => {
      settled = true;
      setTimeout(() => window.memory.emit({ name: 'changed', data: { tables: ['outbox'] } }));
      return { commandId: null };
    });
    window.location.hash = '/sync';
  }, ID);
  await page.locator('.attention-card').waitFor();
  return page;
}

test('a refused entry shows both values, the code and its ways; axe finds nothing', async () => {
  const page = await withConflict();
  const card = page.locator('.attention-card');
  for (const shown of ['Typed on this desk', 'Typed by the other', '₹1,25,000.50', 'COMMAND_CONFLICT']) {
    await card.getByText(shown).first().waitFor();
  }
  expect(await card.getByRole('button').allInnerTexts()).toEqual([
    'Keep mine',
    'Correct it in the form',
    'Keep theirs',
  ]);
  expect(await axeProblems(page)).toEqual([]);
  await page.context().close();
  const hindi = await withConflict('hi');
  expect(await axeProblems(hindi)).toEqual([]);
  await hindi.context().close();
});

test('giving up what was typed asks first, and Esc leaves it as it is', async () => {
  const page = await withConflict();
  await page.getByRole('button', { name: 'Keep theirs' }).click();
  await page.keyboard.press('Escape');
  expect(await sent(page, 'attention.settle')).toEqual([]);
  await page.getByRole('button', { name: 'Keep theirs' }).click();
  await page.locator('dialog').waitFor();
  await page.keyboard.press('Control+KeyA');
  await page.locator('.attention-card').waitFor({ state: 'detached' });
  expect(await sent(page, 'attention.settle')).toEqual([{ seq: 7, way: 'take_theirs' }]);
  await page.context().close();
});

test('correcting it keeps what was typed in the form before the entry is let go of', async () => {
  const page = await withConflict();
  await page.getByRole('button', { name: 'Correct it in the form' }).click();
  await page.waitForFunction((id) => window.location.hash === `#/expenses/${id}/edit`, ID);
  const order = await page.evaluate(() =>
    window.memory.calls.map(({ channel }) => channel).filter((name) => /drafts.save|attention.settle/.test(name)),
  );
  expect(order.slice(0, 2)).toEqual(['drafts.save', 'attention.settle']);
  await page.locator('[data-field=taxable]').waitFor();
  expect(await page.locator('[data-field=taxable] input').inputValue()).toBe('1,25,000.50');
  await page.context().close();
});

test('when the way fails, the entry and its ways stay with the reason', async () => {
  const page = await withConflict();
  await page.evaluate(() => window.memory.refuse('attention.settle', 'ENGINE_RESTARTING', {}));
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.keyboard.press('Control+KeyA');
  await page.locator('dialog .error-panel').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.locator('.attention-card').count()).toBe(1);
  await page.context().close();
});
