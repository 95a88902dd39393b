import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StatementEntry } from '../../domain/statement/model.ts';
import { limits } from '../../kernel/limits.ts';
import type { StatementPage, StatementQuestion } from './bank.ts';
import { type Conforming, expectValue, type Rig } from './conformance-harness.ts';
import type { Fault } from './emulator.ts';

const { connector: bounds } = limits;
const period = { from: '2026-11-01', to: '2026-11-30' };

/** Every entry of the account in the period, page after page. */
export async function wholeStatement(
  { call, connector }: Pick<Rig, 'connector'> & { call: Rig['call'] },
  account: string,
) {
  const entries: StatementEntry[] = [];
  const ends: { opening: bigint | null; closing: bigint | null }[] = [];
  let page: string | null = null;
  do {
    if (connector.statement === undefined) throw new Error('no statements');
    const asked: StatementQuestion = { accountNumber: account, ...period, page };
    const read: StatementPage = expectValue(await call(connector.statement, asked));
    entries.push(...read.entries);
    ends.push({ opening: read.openingPaise, closing: read.closingPaise });
    // A page that names itself as the next would never end.
    expect(read.nextPage === null || read.nextPage !== page).toBe(true);
    page = read.nextPage;
  } while (page !== null);
  return { entries, ends };
}

/** Balances and statements: exact amounts, every line once, and every spoilt answer told as what it is. */
export function conformOfReading({ connector, kind, rig }: Conforming): void {
  const { balance, statement } = connector;
  const [account] = kind.accounts;
  if (balance === undefined || account === undefined) return;
  const ask = (one: Rig) => one.call(balance, { accountNumber: account.number });

  it('gives amounts to the paisa', async () => {
    const one = await rig();
    const amounts = fc.array(fc.bigInt({ min: 1n, max: 10n ** 13n }), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(amounts, async (deposits) => {
        for (const creditPaise of deposits)
          one.emulator.bank.addLine(account.number, { narration: 'FEES', creditPaise });
        const { availablePaise, currentPaise } = expectValue(await ask(one));
        const real = one.emulator.bank.balance(account.number);
        expect(availablePaise).toBe(real.availablePaise);
        expect(currentPaise ?? real.currentPaise).toBe(real.currentPaise);
      }),
      { numRuns: 4, examples: [[[29n]], [[1_99n, 1n]], [[123_456n, 3n]]] },
    );
  });

  it('knows no account that is not its own', async () => {
    const one = await rig();
    const asked = await one.call(balance, { accountNumber: '000011112222' });
    expect(asked.ok).toBe(false);
    if (!asked.ok) expect(['business', 'validation', 'auth']).toContain(asked.error.kind);
  });

  describe('an answer', () => {
    it.each(['empty', 'truncated', 'oversized', 'wrong_type'] as const)('that is %s is none', async (spoilt) => {
      const one = await rig();
      one.emulator.faults.push({ kind: spoilt, accepts: true });
      const asked = await ask(one);
      expect(asked).toMatchObject({ ok: false, error: { kind: 'contract' } });
      // Given up on the way, not read to its end.
      if (spoilt === 'oversized') expect(asked).toMatchObject({ error: { code: 'CONNECTOR_TOO_LARGE' } });
      expect(one.emulator.faults).toEqual([]);
    });

    it.each<[string, Fault]>([
      ['a reset', { kind: 'reset', accepts: false }],
      ['an answer that breaks off', { kind: 'cut', accepts: true }],
      ['a page of a proxy with 502', { kind: 'html', status: 502, accepts: false }],
      ['500', { kind: 'status', status: 500 }],
      ['503', { kind: 'status', status: 503 }],
    ])('after %s is asked for again', async (_name, fault) => {
      const one = await rig();
      one.emulator.faults.push(fault, fault);
      expectValue(await ask(one));
      expect(one.rows.at(-1)).toMatchObject({ outcome: 'ok', attempts: 3, status: 200 });
    });

    it('that never comes is waited for half a minute, three times', async () => {
      const one = await rig();
      const silence: Fault = { kind: 'silence', accepts: false };
      one.emulator.faults.push(silence, silence, silence);
      const waits = [bounds.readTimeoutMs, bounds.readTimeoutMs, bounds.readTimeoutMs];
      const asked = await one.callIntoSilence(balance, { accountNumber: account.number }, waits);
      expect(asked).toMatchObject({ ok: false, error: { kind: 'network', code: 'CONNECTOR_TIMEOUT' } });
    });

    it('that sends elsewhere is not followed', async () => {
      const one = await rig();
      const headers = { location: 'https://elsewhere.example/' };
      one.emulator.faults.push({ kind: 'status', status: 302, headers });
      const asked = await ask(one);
      expect(asked).toMatchObject({ ok: false, error: { kind: 'contract' } });
      expect(one.emulator.faults).toEqual([]);
    });
  });

  describe.runIf(statement !== undefined)('a statement', () => {
    it('has every line once, in order, to the paisa, and its ends', async () => {
      const one = await rig();
      const { bank } = one.emulator;
      const opening = bank.balance(account.number).currentPaise;
      bank.addLine(account.number, { date: '2026-10-31', narration: 'BEFORE', creditPaise: 7n });
      for (let number = 1; number <= 250; number += 1) {
        const date = `2026-11-${String(1 + Math.floor((number * 19) / 250)).padStart(2, '0')}`;
        const amount = BigInt(number) * 997n + 3n;
        const side = number % 3 === 0 ? { debitPaise: amount } : { creditPaise: amount };
        bank.addLine(account.number, { date, narration: `LINE ${number}`, reference: `REF${number}`, ...side });
      }
      bank.addLine(account.number, { date: '2026-12-01', narration: 'AFTER', creditPaise: 9n });
      const { entries, ends } = await wholeStatement({ connector, call: one.call.bind(one) }, account.number);
      const real = bank.statement(account.number, period.from, period.to);
      expect(real.openingPaise).toBe(opening + 7n);
      const figures = (lines: readonly StatementEntry[]) =>
        lines.map(({ date, debitPaise, creditPaise, reference }) => ({ date, debitPaise, creditPaise, reference }));
      expect(figures(entries)).toEqual(figures(real.entries));
      entries.forEach(({ balancePaise, narration }, at) => {
        expect(balancePaise ?? real.entries[at]?.balancePaise).toBe(real.entries[at]?.balancePaise);
        expect(narration).toContain(`LINE ${at + 1}`);
      });
      expect(ends[0]?.opening ?? real.openingPaise).toBe(real.openingPaise);
      expect(ends.at(-1)?.closing ?? real.closingPaise).toBe(real.closingPaise);
    });

    it('of days without a line is empty', async () => {
      const one = await rig();
      const { entries } = await wholeStatement({ connector, call: one.call.bind(one) }, account.number);
      expect(entries).toEqual([]);
    });

    it('that breaks off within is no statement', async () => {
      const one = await rig();
      one.emulator.bank.addLine(account.number, { narration: 'FEES', creditPaise: 5_00n });
      for (const kindOfFault of ['truncated', 'empty'] as const) {
        one.emulator.faults.push({ kind: kindOfFault, accepts: true });
        if (statement === undefined) return;
        const asked = await one.call(statement, { accountNumber: account.number, ...period, page: null });
        expect(asked).toMatchObject({ ok: false, error: { kind: 'contract' } });
      }
    });
  });
}
