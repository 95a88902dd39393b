import { beforeEach, describe, expect, test } from 'vitest';
import { makeBankAccount } from '../../testing/bank-steps.ts';
import { CollegeWorld, expectOk, expectRefused } from '../../testing/college-world.ts';
import type { StatementLineFields } from './args.ts';
import { recogniseAccount } from './recognise.ts';

let world: CollegeWorld;
let bankAccountId: string;
beforeEach(async () => {
  world = await CollegeWorld.create(5);
  expectOk(await makeBankAccount(world));
  bankAccountId = world.books.rows('bank_accounts')[0]?.id ?? '';
});

const side = { vendorId: null, departmentCode: null, fundCode: null };

/** The id of the bank's line of a voucher; money in positive. */
async function entry(
  date: string,
  paise: bigint,
  kind: 'payment' | 'receipt' | 'opening' = 'payment',
): Promise<string> {
  const amount = paise < 0n ? -paise : paise;
  const [debit, credit] = paise < 0n ? ['1250', '1200'] : ['1200', kind === 'opening' ? '3100' : '4100'];
  const lines = [
    { ...side, accountCode: debit, debitPaise: amount, creditPaise: 0n },
    { ...side, accountCode: credit, debitPaise: 0n, creditPaise: amount },
  ];
  const voucherId = world.newId();
  const head = { voucherId, kind, date, narration: '', reference: null, referenceDate: null };
  expectOk(await world.run('voucher.post', { ...head, lines }, world.accountant));
  const own = (await world.books.voucherLines(voucherId)).find(({ accountCode }) => accountCode === '1200');
  return own?.id ?? '';
}

/** The id of a line of the bank; money in positive. */
async function line(date: string, paise: bigint, narration = 'NEFT'): Promise<string> {
  const one: StatementLineFields = {
    ...{ lineNo: 1, occurrence: 1, date, valueDate: null, narration, reference: null, chequeNo: null },
    ...{ debitPaise: paise < 0n ? -paise : 0n, creditPaise: paise > 0n ? paise : 0n, balancePaise: null },
  };
  const file = { format: 'sheet', fileName: null, sha256: null, from: date, to: date } as const;
  const head = { statementId: world.newId(), bankAccountId, openingPaise: null, closingPaise: null };
  expectOk(await world.run('statement.import', { ...head, ...file, lines: [one] }, world.accountant));
  return world.books.rows('bank_lines').at(-1)?.id ?? '';
}

const match = (lineIds: readonly string[], entryIds: readonly string[], matchId = world.newId()) =>
  world.run(
    'reconciliation.match',
    { bankAccountId, matches: [{ matchId, lineIds, entryIds, pass: 'manual', because: '' }] },
    world.accountant,
  );

describe('a match', () => {
  test('of several on either side holds when the sums agree, whatever their directions', async () => {
    const settlement = await line('2026-11-10', 980n);
    const [fee, refund] = [await entry('2026-11-09', 1_000n, 'receipt'), await entry('2026-11-09', -20n)];
    expect(expectRefused(await match([settlement], [fee]))).toMatchObject({
      code: 'MATCH_UNEQUAL',
      details: { bank: '980', books: '1000' },
    });
    expectOk(await match([settlement], [fee, refund]));
    expect(expectRefused(await match([settlement], [fee, refund])).code).toBe('MATCH_TAKEN');
  });

  test('of one side alone comes to nothing, and is more than one thing', async () => {
    const [out, back] = [await line('2026-11-10', -50n), await line('2026-11-11', 50n)];
    expect(expectRefused(await match([out], []))).toMatchObject({ details: { reason: 'alone' } });
    expectOk(await match([out, back], []));
    const lost = [await line('2026-11-12', -7n), await line('2026-11-12', 7n)];
    const found = [await entry('2026-11-12', -9n), await entry('2026-11-12', 9n, 'receipt')];
    expect(expectRefused(await match(lost, found))).toMatchObject({ details: { reason: 'one_sided' } });
  });

  test('is not of what the books began with, and nothing stands in it twice', async () => {
    const opening = await entry('2026-03-31', 500n, 'opening');
    const credit = await line('2026-11-10', 500n);
    expect(expectRefused(await match([credit], [opening]))).toMatchObject({ details: { reason: 'opening' } });
    expect(expectRefused(await match([credit, credit], []))).toMatchObject({ details: { reason: 'twice' } });
  });
});

test('a closed month takes no match that is settled in it, but one with an entry of an open month', async () => {
  const [late, forgotten] = [await line('2026-10-31', -590n), await line('2026-10-30', -70n)];
  const old = await entry('2026-10-29', -70n);
  expectOk(await world.run('period.close', { month: '2026-10' }, world.accountant));
  expect(expectRefused(await match([forgotten], [old]))).toMatchObject({
    code: 'RECONCILIATION_LOCKED',
    details: { month: '2026-10' },
  });
  const matchId = world.newId();
  expectOk(await match([late], [await entry('2026-11-01', -590n)], matchId));
  const undo = await world.run('reconciliation.undo', { matchId, reason: 'Wrong' }, world.accountant);
  expect(expectRefused(undo).code).toBe('RECONCILIATION_LOCKED');
  // A charge of the closed month is posted on the first day after it.
  const charge = await line('2026-10-28', 44n, 'INT.PD');
  const whole = { matchId: world.newId(), lineIds: [charge], entryIds: [], pass: 'manual', because: '' } as const;
  const lines = [{ ...side, accountCode: '4400', debitPaise: 0n, creditPaise: 44n }];
  const post = { bankAccountId, match: whole, voucherId: world.newId(), narration: '', lines };
  expectOk(await world.run('reconciliation.post', post, world.accountant));
  expect(await world.books.get('vouchers', post.voucherId)).toMatchObject({ date: '2026-11-01', kind: 'receipt' });
});

test('an account is told by its number, also with a hidden middle, and not when two fit', () => {
  const accounts = [
    { id: 'a', accountNumber: '002105001200' },
    { id: 'b', accountNumber: '30001231200' },
  ];
  expect(recogniseAccount('2105001200', accounts)).toBe('a');
  expect(recogniseAccount('0021XXXX1200', accounts)).toBe('a');
  expect(recogniseAccount('XXXXXXX1200', accounts)).toBeNull();
  expect(recogniseAccount('XXXXXXXX200', accounts)).toBeNull();
  expect(recogniseAccount(null, accounts)).toBeNull();
});
