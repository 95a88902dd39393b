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

test.each([
  ['en', 'Ravi Deshmukh already decided this on 21-11-2026 10:15: Approved.'],
  ['hi', 'Ravi Deshmukh ने 21-11-2026 10:15 को पहले ही निर्णय ले लिया: स्वीकृत।'],
] as const)('whoever decided second reads who decided, what and when (%s)', async (language, words) => {
  const page = await screens.open({ path: '/expenses', language });
  await page.evaluate((id) => {
    const row = {
      ...{ seq: 8, commandId: id, collegeId: '01980000-0000-7000-8000-00000000000a', documentId: id },
      ...{ name: 'expense.reject', reference: 'EXP-2026-27-000001', actorName: 'Lata Bhide' },
      ...{ occurredAt: 1_795_000_000_000, code: 'APPROVAL_DECIDED', ways: ['take_theirs' as const] },
      details: { name: 'Ravi Deshmukh', at: '21-11-2026 10:15', decision: 'approved' },
      typed: [{ field: 'reason', kind: 'text' as const, mine: 'Not now', theirs: null }],
    };
    window.memory.answer('sync.pendingList', () => ({ rows: [] }));
    window.memory.answer('attention.list', () => ({ rows: [row] }));
    window.location.hash = '/sync';
  }, ID);
  const card = page.locator('.attention-card');
  await card.waitFor();
  expect(await card.locator('.attention-cause').textContent()).toBe(words);
  await card.getByText('Not now').waitFor();
  expect(await card.getByRole('button').count()).toBe(1);
  await page.context().close();
});

test('a vendor that was refused is put right in its form, and let go of once the right one is saved', async () => {
  const page = await screens.open({ path: '/expenses' });
  await page.evaluate((id) => {
    const collegeId = '01980000-0000-7000-8000-00000000000a';
    let settled = false;
    const row = {
      ...{ seq: 9, commandId: id, collegeId, documentId: id, name: 'vendor.create', reference: null },
      ...{ actorName: 'Meera Kulkarni', occurredAt: 1_795_000_000_000, code: 'VENDOR_DUPLICATE', details: {} },
      typed: [
        { field: 'name', kind: 'text' as const, mine: 'Saraswati Stationers', theirs: null },
        { field: 'phone', kind: 'text' as const, mine: '9822012345', theirs: null },
      ],
      ways: ['take_theirs' as const, 'edit' as const],
    };
    window.memory.answer('sync.pendingList', () => ({ rows: [] }));
    window.memory.answer('attention.list', () => ({ rows: settled ? [] : [row] }));
    window.memory.answer('commands.run', () => ({ commandId: id, seq: 10, reference: null }));
    window.memory.answer('attention.settle', () => {
      settled = true;
      setTimeout(() => window.memory.emit({ name: 'changed', data: { tables: ['outbox'] } }));
      return { commandId: null };
    });
    window.location.hash = '/sync';
  }, ID);
  await page.getByRole('button', { name: 'Correct it in the form' }).click();
  const name = page.locator('dialog input').first();
  expect(await name.inputValue()).toBe('Saraswati Stationers');
  await name.fill('Saraswati Stationers, Pune');
  await page.keyboard.press('Control+Enter');
  await page.locator('.attention-card').waitFor({ state: 'detached' });
  expect(await sent(page, 'commands.run')).toMatchObject([
    { name: 'vendor.create', args: { fields: { name: 'Saraswati Stationers, Pune', phone: '9822012345' } } },
  ]);
  expect(await sent(page, 'attention.settle')).toEqual([{ seq: 9, way: 'edit' }]);
  const order = await page.evaluate(() =>
    window.memory.calls.map(({ channel }) => channel).filter((one) => /commands.run|attention.settle/.test(one)),
  );
  expect(order).toEqual(['commands.run', 'attention.settle']);
  await page.context().close();
});
