import { expect, it } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { answerCall } from './answer-call.ts';

const random = { bytes: (count: number) => new Uint8Array(count).fill(0xab) };
const deskThat = (invoke: () => Promise<never>) => ({ invoke });

it('hands the call on and the answer back', async () => {
  const desk = { invoke: async (channel: string, input: unknown) => ({ ok: true, value: [channel, input] }) as const };
  const reply = await answerCall(desk, { channel: 'expense.list', input: { page: 1 } }, () => {});
  expect(reply).toEqual({ ok: true, value: ['expense.list', { page: 1 }] });
});

it('answers a refusal that was thrown with its code and a reference', async () => {
  const log: unknown[] = [];
  const thrower = deskThat(() => Promise.reject(new MunimError('ENGINE_DISK_FULL', { freeMiB: 3 })));
  const reply = await answerCall(thrower, { channel: 'x', input: null }, (ref) => log.push(ref), random);
  expect(reply).toEqual({ ok: false, code: 'ENGINE_DISK_FULL', details: { freeMiB: 3 }, ref: 'abababababab' });
  expect(log).toEqual(['abababababab']);
});

it('keeps what a fault says on this side', async () => {
  const thrower = deskThat(() => Promise.reject(new Error('password=hunter2 at line 3')));
  const seen: unknown[] = [];
  const reply = await answerCall(thrower, { channel: 'x', input: null }, (_ref, problem) => seen.push(problem), random);
  expect(reply).toEqual({ ok: false, code: 'INTERNAL', details: {}, ref: 'abababababab' });
  expect(String(seen[0])).toContain('hunter2');
});

it.each([null, 7, '', '__proto__', 'Expense.List', 'a'.repeat(81), 'x y'])(
  'refuses the channel %s',
  async (channel) => {
    let called = false;
    const desk = {
      invoke: async () => {
        called = true;
        return { ok: true, value: null } as const;
      },
    };
    const reply = await answerCall(desk, { channel, input: null }, () => {});
    expect(reply).toMatchObject({ ok: false, code: 'INPUT_INVALID' });
    expect(called).toBe(false);
  },
);
