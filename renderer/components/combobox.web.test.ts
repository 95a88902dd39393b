/// <reference types="node" />
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Screens, startScreens } from '../testing/open-page.ts';

let screens: Screens;
beforeAll(async () => {
  screens = await startScreens();
});
afterAll(() => screens?.close());
afterEach(() => expect(screens.complaints()).toEqual([]));

test('while the desk is still searching, Enter takes nothing that does not fit what was typed', async () => {
  const page = await screens.open({ path: '/expenses/new' });
  const vendor = page.locator('[data-field=vendorId] input');
  await vendor.click();
  await page.getByRole('option', { name: 'Deccan Scientific Supplies Pvt Ltd' }).waitFor();
  // From now on the desk answers a search only when it is let go.
  await page.evaluate(() => {
    const { invoke } = window.memory;
    const held: (() => void)[] = [];
    window.memory.invoke = async (channel, input) => {
      if (channel === 'vendors.page') await new Promise<void>((resolve) => held.push(resolve));
      return await invoke(channel, input);
    };
    const letGo = (): void => {
      for (const go of held.splice(0)) go();
    };
    Object.assign(window, { letGo });
  });
  await page.keyboard.type('zzz');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  expect(await vendor.inputValue()).toBe('');
  expect(await vendor.evaluate((field) => field === document.activeElement)).toBe(true);

  await page.keyboard.type('ganesh');
  // The rows of the text before are still at hand; the one that fits may be taken at once, the first one may not.
  expect(await page.getByRole('option').allInnerTexts()).toEqual([expect.stringContaining('Shree Ganesh Travels')]);
  await page.keyboard.press('Enter');
  expect(await vendor.inputValue()).toBe('Shree Ganesh Travels');
  await page.evaluate(() => (window as unknown as { letGo(): void }).letGo());
  expect(await vendor.inputValue()).toBe('Shree Ganesh Travels');
  await page.context().close();
});
