import { expect, test, vi } from 'vitest';
import type { DeskClient } from '../../../shared/ipc/client.ts';
import { parseCanonical } from '../../../shared/kernel/canonical.ts';
import { emptyValues } from '../expense-form/expense-values.ts';
import { type AttentionRow, reopen, withTyped } from './reopen.ts';

const ID = '01980000-0000-7000-8004-000000000001';
const row: AttentionRow = {
  seq: 7,
  commandId: ID,
  collegeId: ID,
  name: 'expense.create',
  documentId: ID,
  reference: null,
  actorName: 'Meera Kulkarni',
  occurredAt: 0,
  code: 'VENDOR_DUPLICATE',
  details: {},
  typed: [
    { field: 'billNo', kind: 'text', mine: 'INV/1', theirs: null },
    { field: 'billDate', kind: 'date', mine: '2026-11-05', theirs: null },
    { field: 'taxablePaise', kind: 'money', mine: '12500050', theirs: null },
    { field: 'tdsPaise', kind: 'money', mine: '0', theirs: null },
    { field: 'itcEligible', kind: 'text', mine: 'true', theirs: null },
  ],
  ways: ['take_theirs', 'edit'],
};

test('what was typed comes back into the form as it would be typed', () => {
  expect(withTyped({ ...emptyValues, description: 'Reagents' }, row.typed)).toEqual({
    ...emptyValues,
    description: 'Reagents',
    billNo: 'INV/1',
    billDate: '05-11-2026',
    taxable: '1,25,000.50',
    itcEligible: true,
  });
});

test('an unsaved draft in the same form is never overwritten', async () => {
  const calls: string[] = [];
  const desk = {
    call: async (name: string) => {
      calls.push(name);
      return { content: '{"earlier":1}' };
    },
  } as unknown as DeskClient;
  expect(await reopen(desk, row)).toEqual({ inTheWay: '/expenses/new' });
  expect(calls).toEqual(['drafts.get']);
});

test('the draft is kept before the entry may be let go of', async () => {
  vi.stubGlobal('window', { crypto: globalThis.crypto });
  const saved: { form: string; content: string }[] = [];
  const desk = {
    call: async (name: string, input: { form: string; content: string }) => {
      if (name === 'drafts.save') saved.push(input);
      return { content: null };
    },
  } as unknown as DeskClient;
  expect(await reopen(desk, row)).toEqual({ path: '/expenses/new', settles: true });
  expect(saved).toHaveLength(1);
  expect(saved[0]?.form).toBe(`expense:new:${ID}`);
  expect(parseCanonical(saved[0]?.content ?? '')).toMatchObject({ base: null, values: { taxable: '1,25,000.50' } });
});
