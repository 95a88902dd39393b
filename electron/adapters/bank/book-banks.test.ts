import { expect, test } from 'vitest';
import type { BankReach } from '../../../shared/ports/bank-link.ts';
import { type BookAccount, bookBanks } from './book-banks.ts';
import { noBanks } from './no-banks.fixture.ts';

const account: BookAccount = {
  ...{
    collegeId: 'c',
    id: 'books',
    accountCode: '1200',
    accountNumber: '001105012345',
    connector: 'icici',
    isActive: true,
  },
};
const reach: BankReach = {
  ...{ collegeId: 'c', bankAccountId: 'connection', accountCode: '1200', accountNumber: '001105012345' },
  ...{ connector: 'icici', canPay: true, canEnquire: true, canState: true, health: 'well', paymentsMax: 1 },
};
const named = { orderId: 'o', batchId: 'b', fence: 1, reference: 'R', providerId: null, debitAccount: '1' };

/** What the main side was asked over which connection. */
function scene(row: BookAccount, reaches: readonly BankReach[] = [reach]) {
  const asked: string[] = [];
  const main = {
    ...noBanks,
    accounts: async () => reaches,
    enquire: async (id: string) => {
      asked.push(id);
      return [];
    },
  };
  return { banks: bookBanks(main, async () => [row]), asked };
}

test('an account of the books goes over the connection with its GL code and number', async () => {
  const { banks, asked } = scene(account);
  expect(await banks.accounts()).toEqual([{ ...reach, bankAccountId: 'books' }]);
  await banks.enquire('books', [named]);
  expect(asked).toEqual(['connection']);
});

test.each([
  { accountNumber: '001105012346' },
  { accountCode: '1210' },
  { collegeId: 'd' },
  { connector: 'hdfc' },
  { connector: null },
  { isActive: false },
])('one that differs is not reached: %j', async (other) => {
  const { banks, asked } = scene({ ...account, ...other });
  expect(await banks.accounts()).toEqual([]);
  expect(await banks.enquire('books', [named])).toMatchObject([
    { kind: 'in_doubt', refusal: { code: 'BANK_NOT_SET_UP' } },
  ]);
  expect(asked).toEqual([]);
});

test('of two connections to one account only one is used', async () => {
  const { banks } = scene(account, [reach, { ...reach, bankAccountId: 'other' }]);
  expect(await banks.accounts()).toHaveLength(1);
});
