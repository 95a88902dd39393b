import { createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { testKeys } from './emulator.ts';
import { decryptCompact, verifyCompact } from './emulator-jose.ts';
import { axisBalance, axisStatement, axisStatus, axisTransfer } from './operations.ts';
import { ACCOUNT, answered, contextOf, NOW, payment, question, REFERENCE } from './testing.ts';

const bytesOf = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)));

/** Signed and encrypted once, by a third implementation (jwcrypto for Python), to the keys of this folder. */
describe('answers that another library signed and encrypted', () => {
  it('to a transfer', async () => {
    const read = await axisTransfer.response(answered(bytesOf('transfer-answer.jose')), payment, contextOf());
    expect(read).toMatchObject({ ok: true, value: { reference: REFERENCE, providerId: 'pay_1', state: 'accepted' } });
  });

  it('to an enquiry', async () => {
    const read = await axisStatus.response(answered(bytesOf('status-answer.jose')), question, contextOf());
    expect(read).toEqual({
      ok: true,
      value: {
        reference: REFERENCE,
        providerId: 'pay_1',
        state: 'paid',
        utr: 'UTIBN26325000001',
        bookedOn: '2026-11-21',
        failure: null,
        chargesPaise: null,
      },
    });
  });

  it('to a question for the balance', async () => {
    const asked = { accountNumber: ACCOUNT };
    const read = await axisBalance.response(answered(bytesOf('balance-answer.jose')), asked, contextOf());
    expect(read).toEqual({ ok: true, value: { availablePaise: 15_500_000_05n, currentPaise: -50n, at: NOW } });
  });

  it('to a question for a statement', async () => {
    const asked = { accountNumber: ACCOUNT, from: '2026-11-01', to: '2026-11-30', page: null };
    const read = await axisStatement.response(answered(bytesOf('statement-answer.jose')), asked, contextOf());
    expect(read).toMatchObject({
      ok: true,
      value: {
        openingPaise: 100_000_00n,
        closingPaise: 74_999_10n,
        nextPage: '2',
        entries: [
          { narration: 'NEFT-श्री गणेश & Sons-MN2600000114', debitPaise: 25_001_00n, reference: 'UTIBN26306000001' },
          { narration: 'BY CASH', creditPaise: 10n, reference: null, chequeNo: '000123', valueDate: null },
        ],
      },
    });
  });

  it('are what stands beside them in clear, also for the emulator', () => {
    const [ours, theirs] = [testKeys['college-decryption'].private, testKeys['bank-signing'].public];
    for (const name of ['transfer', 'status', 'balance', 'statement']) {
      const text = new TextDecoder().decode(bytesOf(`${name}-answer.jose`)).trim();
      const claims = verifyCompact(decryptCompact(text, createPrivateKey(ours)), createPublicKey(theirs), 'PS256');
      const clear = new TextDecoder().decode(bytesOf(`${name}-answer.json`));
      expect(JSON.parse(claims)).toEqual(JSON.parse(clear));
    }
  });
});
