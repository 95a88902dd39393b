import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SimClock } from '../../testing/sim-clock.ts';
import { EmulatedBank, type WantedPayment } from './emulator-bank.ts';

const account = { number: '987654321012', ifsc: 'SAMP0000123', holder: 'College', openingPaise: 5_000_00n };
const wanted = (reference: number, amountPaise: bigint): WantedPayment => ({
  reference: `R${reference}`,
  batchId: null,
  debitAccount: account.number,
  beneficiaryName: 'Godavari Lab Supplies',
  beneficiaryAccount: '50200012345678',
  beneficiaryIfsc: 'HDFC0001234',
  amountPaise,
  mode: 'neft',
  purpose: '',
});

const step = fc.oneof(
  fc.record({
    kind: fc.constant('pay' as const),
    reference: fc.nat(6),
    amount: fc.bigInt({ min: 1n, max: 2_000_00n }),
  }),
  fc.record({ kind: fc.constantFrom('settle' as const, 'fail' as const, 'return' as const), at: fc.nat(6) }),
  fc.record({ kind: fc.constant('deposit' as const), amount: fc.bigInt({ min: 1n, max: 9_000_00n }) }),
  fc.record({ kind: fc.constant('restart' as const) }),
);

it('an emulated bank moves what it promised once, never more than there is, and remembers all of it', () => {
  const dir = mkdtempSync(join(tmpdir(), 'munim-bank-'));
  let number = 0;
  try {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        number += 1;
        const setup = {
          accounts: [account],
          clock: new SimClock(Date.parse('2026-11-20T06:00:00Z')),
          stateFile: join(dir, `${number}.jsonl`),
          bankCode: 'SAMP',
        };
        let bank = new EmulatedBank(setup);
        let deposits = 0n;
        const taken = new Map<string, bigint>();
        for (const one of steps) {
          if (one.kind === 'restart') {
            bank.close();
            bank = new EmulatedBank(setup);
          } else if (one.kind === 'deposit') {
            bank.addLine(account.number, { creditPaise: one.amount });
            deposits += one.amount;
          } else if (one.kind === 'pay') {
            const { availablePaise } = bank.balance(account.number);
            const key = `k${one.reference}`;
            const { kind } = bank.accept(wanted(one.reference, one.amount), { key, uniqueReference: true });
            const before = taken.get(key);
            if (before !== undefined) expect(kind).toBe(before === one.amount ? 'repeated' : 'conflict');
            else expect(kind).toBe(one.amount <= availablePaise ? 'accepted' : 'refused');
            if (kind === 'accepted') taken.set(key, one.amount);
          } else {
            const payment = bank.instructions()[one.at];
            const state = one.kind === 'return' ? 'paid' : 'accepted';
            if (payment?.state !== state) continue;
            if (one.kind === 'settle') bank.settle(payment.id);
            else if (one.kind === 'fail') bank.fail(payment.id, 'declined', 'no');
            else bank.return(payment.id);
          }
        }
        const instructions = bank.instructions();
        expect(instructions.map(({ amountPaise }) => amountPaise)).toEqual([...taken.values()]);
        const sum = (...states: string[]): bigint =>
          instructions.filter(({ state }) => states.includes(state)).reduce((all, one) => all + one.amountPaise, 0n);
        const { currentPaise, availablePaise } = bank.balance(account.number);
        expect(currentPaise).toBe(account.openingPaise + deposits - sum('paid'));
        expect(availablePaise).toBe(currentPaise - sum('accepted'));
        expect(availablePaise >= 0n).toBe(true);
        const { closingPaise, entries } = bank.statement(account.number, '2026-11-01', '2026-11-30');
        expect(closingPaise).toBe(currentPaise);
        expect(entries.at(-1)?.balancePaise ?? account.openingPaise).toBe(closingPaise);
        bank.close();
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(dir, { recursive: true });
  }
});
