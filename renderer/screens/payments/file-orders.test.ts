import { expect, test } from 'vitest';
import type { PaymentOrderRow } from '../../../shared/ipc/contract/payments.ts';
import { fileOrders } from './file-orders.ts';
import { saidChoices } from './said.ts';

const order = (id: string, part: Partial<PaymentOrderRow>): PaymentOrderRow =>
  ({ id, batchId: 'one', status: 'released', takenAt: null, here: false, ...part }) as PaymentOrderRow;

const all = [
  order('a', {}),
  order('b', {}),
  order('c', { batchId: 'two' }),
  order('d', { status: 'exported', takenAt: 5, here: true }),
  order('e', { status: 'exported', takenAt: 5, here: true }),
  order('f', { status: 'exported', takenAt: 9, here: true }),
  order('g', { status: 'exported', takenAt: 9, batchId: 'two' }),
];
const at = (...ids: readonly string[]): readonly PaymentOrderRow[] => all.filter(({ id }) => ids.includes(id));
const ids = (orders: readonly PaymentOrderRow[]): string => orders.map(({ id }) => id).join('');

test('a file holds the released ones of a batch, all or those that are ticked', () => {
  expect(ids(fileOrders(all, at('b'), false))).toBe('ab');
  expect(ids(fileOrders(all, at('b'), true))).toBe('b');
  expect(ids(fileOrders(all, at('c'), false))).toBe('c');
});

test('none is made of ticks that do not belong together, or of what another desk sent', () => {
  expect(fileOrders(all, at('a', 'c'), true)).toEqual([]);
  expect(fileOrders(all, at('a', 'd'), true)).toEqual([]);
  expect(fileOrders(all, at('g'), false)).toEqual([]);
  expect(fileOrders(all, [], false)).toEqual([]);
});

test('one that was made is made again whole, whichever of it is meant', () => {
  expect(ids(fileOrders(all, at('d'), true))).toBe('de');
  expect(ids(fileOrders(all, at('f'), false))).toBe('f');
});

test('a person says of a payment only what the rules would take', () => {
  expect(saidChoices({ status: 'exported' })).toEqual(['paid', 'failed', 'unknown_there']);
  expect(saidChoices({ status: 'accepted' })).toEqual(['paid', 'failed']);
  expect(saidChoices({ status: 'paid' })).toEqual(['returned']);
  for (const status of ['prepared', 'released', 'sending', 'failed', 'returned', 'withdrawn'] as const) {
    expect([status, saidChoices({ status })]).toEqual([status, []]);
  }
});
