import { basename } from 'node:path';
import type { Page } from 'playwright-core';

export interface Bill {
  readonly vendor: string;
  readonly billNo: string;
  readonly category: string;
  readonly description: string;
  /** As it is typed: `1.25L`, `12,000`. */
  readonly taxable: string;
}

/** Types a bill with the keyboard alone, field by field with Enter, and accepts it with the given keys. @returns its reference */
export async function typeBill(
  page: Page,
  bill: Bill,
  accept: 'Control+a' | 'Control+Enter',
  receipt?: string,
): Promise<string> {
  const said = page.getByRole('status').filter({ hasText: /Saved|submitted/i });
  const referenceSaid = async (): Promise<string | undefined> =>
    (await said.count()) === 0
      ? undefined
      : /([A-Z0-9]+-[0-9-]*\d)/.exec((await said.first().textContent()) ?? '')?.[1];
  const earlier = await referenceSaid();
  await page.getByRole('combobox', { name: 'Vendor' }).waitFor();
  await type(page, bill.vendor);
  // Vendors are searched at the desk as one types.
  await page.getByRole('option', { name: bill.vendor }).first().waitFor();
  await page.keyboard.press('Enter');
  await type(page, bill.billNo);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await type(page, bill.category);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await type(page, bill.description);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await type(page, bill.taxable);
  if (receipt !== undefined) {
    const chooser = page.waitForEvent('filechooser');
    await page.keyboard.press('Alt+t');
    await (await chooser).setFiles(receipt);
    await page.getByText(basename(receipt)).first().waitFor();
  }
  await page.keyboard.press(accept);
  for (let tries = 0; tries < 300; tries += 1) {
    const reference = await referenceSaid();
    if (reference !== undefined && reference !== earlier) return reference;
    await page.waitForTimeout(100);
  }
  throw new Error(`bill ${bill.billNo} was not saved`);
}

const type = (page: Page, text: string): Promise<void> => page.keyboard.type(text, { delay: 4 });
