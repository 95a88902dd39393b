import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayBetween, validPan } from '../../../testing/arbitraries.ts';
import { checkStatement } from './check-statement.ts';
import type { StatementChallan, StatementDeductee, TdsStatement } from './model.ts';
import { readStatement } from './read-statement.ts';
import { goodStatement } from './testing.ts';
import { writeStatement } from './write-statement.ts';

/** The example that is published with the file format of Form 140, of a state government. */
const published = [
  '1^FH^NS1^R^06052026^1^D^BLRF02329F^1^Protean RPU 1.0^^^^^^^^',
  '2^BH^1^1^140^^^^^^^^BLRF02329F^^BRNPA6677G^202728^202627^Q1^FAMILY DEVELOPMENT SERVICES^INDIA^7U^^^^^19^789098^ABCD@TEST.COM^56789^6789087657^^S^BHAGYASHREE^CEO^7U^^^^^19^789098^ABCD@TESTYOUP.COM^^56789^0987678909^^11200.00^^^^^N^^04^^^^^BRNPA8898H^^^^^^^^^1060872^^^^',
  '3^CD^1^1^1^N^^10000.00^1000.00^100.00^100.00^11200.00^B^^3000012^^^^30042026^^900.00^900.00^^^^^^^^',
  '4^DD^1^1^1^O^^BRNPA6778G^ABCD^^^^^^1008^^^^02052026^1000.00^^^^900.00^900.00^^02052026^03.0000^^^^E^^^^^^^^^^^^^',
]
  .map((line) => `${line}\r\n`)
  .join('');

const plain = fc.string({
  unit: fc.constantFrom(...'ABCDEFGHIJ abcdefghij.,-/&()0123456789'),
  minLength: 1,
  maxLength: 25,
});
const paise = fc.bigInt({ min: 0n, max: 99_99_99_999_99n });
const day = dayBetween('2026-07-01', 91);

const deductee: fc.Arbitrary<StatementDeductee> = fc.record({
  pan: fc.oneof(validPan, fc.constantFrom('PANNOTAVBL', 'PANAPPLIED')),
  name: plain,
  code: fc.constantFrom('1023', '1027', '1009'),
  isDeposited: fc.constantFrom(true, false, null),
  paidOn: day,
  paise,
  taxPaise: paise,
  deductedOn: day,
  basisPoints: fc.bigInt({ min: 0n, max: 99_99n }),
  flag: fc.option(fc.constantFrom('A', 'B', 'C')),
  certificate: fc.option(fc.stringMatching(/^[A-Z0-9]{10}$/)),
});

const challan: fc.Arbitrary<StatementChallan> = fc.record({
  taxPaise: paise,
  interestPaise: paise,
  feePaise: paise,
  penaltyPaise: paise,
  mode: fc.constantFrom('C', 'B'),
  bsrCode: fc.stringMatching(/^\d{7}$/),
  serial: fc.option(fc.stringMatching(/^\d{5}$/)),
  date: day,
  minorHead: fc.option(fc.constantFrom('200', '400')),
  deductees: fc.array(deductee, { maxLength: 6 }),
});

const address = fc
  .tuple(plain, fc.array(fc.oneof(plain, fc.constant('')), { maxLength: 3 }), plain)
  .map(([first, middle, last]) => [first, ...middle, last]);

const statement: fc.Arbitrary<TdsStatement> = fc
  .record({
    form: fc.constantFrom('138', '140'),
    quarter: fc.constantFrom('Q1', 'Q2', 'Q3', 'Q4'),
    createdOn: day,
    isFiledEarlier: fc.boolean(),
    taxYear: fc.constantFrom('2026-27', '2029-30', '2099-00'),
    address,
    name: plain,
    government: fc.option(fc.stringMatching(/^\d{7}$/)),
    challans: fc.array(challan, { maxLength: 4 }),
  })
  .map(({ address: lines, name, government, ...rest }) => {
    const good = goodStatement();
    return { ...good, ...rest, deductor: { ...good.deductor, address: lines, name, accountsOffice: government } };
  });

describe('the file of a statement', () => {
  it('that is published as an example is read, and written the same again', () => {
    const read = readStatement(published);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(writeStatement(read.value)).toBe(published);
    expect(read.value).toMatchObject({
      form: '140',
      quarter: 'Q1',
      deductor: { kind: 'S', governmentStateCode: '04', accountsOffice: '1060872' },
      challans: [{ mode: 'B', penaltyPaise: 100_00n, deductees: [{ code: '1008', basisPoints: 300n, flag: 'E' }] }],
    });
    // It shows a layout and no tax: 900 rupees of 1,000 at three percent.
    expect(checkStatement(read.value)).toContainEqual({
      part: { of: 'deductee', challan: 0, deductee: 0 },
      field: 'basisPoints',
      reason: 'rate',
    });
  });

  it('gives back what it was made of', () => {
    fc.assert(
      fc.property(statement, (one) => {
        expect(readStatement(writeStatement(one))).toEqual({ ok: true, value: one });
      }),
    );
  });

  it('has as many separators as the format says, ends every record with CR and LF, and is plain ASCII', () => {
    const counts: Readonly<Record<string, number>> = { FH: 17, BH: 71, CD: 29, DD: 44 };
    fc.assert(
      fc.property(statement, (one) => {
        const file = writeStatement(one);
        expect(file.endsWith('\r\n')).toBe(true);
        expect(/^[ -~\r\n]*$/.test(file)).toBe(true);
        for (const [at, record] of file.split('\r\n').slice(0, -1).entries()) {
          const [line, kind = ''] = record.split('^');
          expect([line, record.split('^').length - 1]).toEqual([String(at + 1), counts[kind]]);
        }
      }),
    );
  });

  it('that somebody changed is refused, or is another one that is as whole', () => {
    const bytes = fc.constantFrom(...'^^^09 AZ.\r\n', 'अ', '');
    fc.assert(
      fc.property(statement, fc.nat(), fc.nat(3), bytes, (one, place, taken, byte) => {
        const file = writeStatement(one);
        const at = place % file.length;
        const changed = file.slice(0, at) + byte + file.slice(at + taken);
        const read = readStatement(changed);
        if (read.ok) expect(writeStatement(read.value)).toBe(changed);
        else expect(read.error.record).toBeGreaterThan(0);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of any other text is refused', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        expect(readStatement(text).ok).toBe(false);
      }),
    );
  });
});
