import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCamt053 } from './camt053.ts';
import {
  type CamtStyle,
  type OfxStyle,
  type SwiftStyle,
  writeCamt053,
  writeMt940,
  writeOfx,
} from './formats.fixture.ts';
import { readMt940 } from './mt940.ts';
import { readOfx } from './ofx.ts';
import { anyNarration, readValue, statements, swiftNarration, transferReference, utf8 } from './statement.fixture.ts';

const cheque = fc.option(fc.stringMatching(/^[0-9]{6}$/));
const base = { cheque, hasValueDate: true, hasBalances: false, reference: fc.option(transferReference) };

/** As UTF-16 with its mark. */
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le');

describe('a statement that is written and read again is the same', () => {
  it('as MT940', () => {
    const style: fc.Arbitrary<SwiftStyle> = fc.record({
      structured: fc.boolean(),
      enveloped: fc.boolean(),
      lineEnd: fc.constantFrom('\r\n', '\n'),
      reversals: fc.boolean(),
      perMessage: fc.integer({ min: 1, max: 30 }),
    });
    const shape = { ...base, format: 'mt940', narration: swiftNarration, either: true } as const;
    fc.assert(
      fc.property(statements(shape, { minLength: 0 }), style, (statement, how) => {
        expect(readValue(readMt940(utf8(writeMt940(statement, how))))).toEqual(statement);
      }),
    );
  });

  it('as CAMT.053', () => {
    const style: fc.Arbitrary<CamtStyle> = fc.record({
      version: fc.constantFrom('02', '04', '08'),
      prefix: fc.constantFrom('', 'n0'),
      clocks: fc.boolean(),
      perStatement: fc.integer({ min: 1, max: 30 }),
    });
    const shape = { ...base, format: 'camt053', narration: anyNarration } as const;
    fc.assert(
      fc.property(statements(shape, { minLength: 0 }), style, fc.boolean(), (statement, how, isWide) => {
        const text = writeCamt053(statement, how);
        expect(readValue(readCamt053(isWide ? utf16(text) : utf8(text)))).toEqual(statement);
      }),
    );
  });

  it('as OFX, of both versions and orders', () => {
    const style: fc.Arbitrary<OfxStyle> = fc.record({
      xml: fc.boolean(),
      named: fc.boolean(),
      newestFirst: fc.boolean(),
    });
    const reference = fc.option(fc.stringMatching(/^[A-Z0-9]{8,30}$/).filter((text) => !/^0+$/.test(text)));
    const shape = { ...base, reference, format: 'ofx', narration: anyNarration } as const;
    fc.assert(
      fc.property(statements(shape), style, (statement, how) => {
        expect(readValue(readOfx(utf8(writeOfx(statement, how))))).toEqual(statement);
      }),
    );
  });
});
