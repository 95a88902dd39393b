import { describe, expect, it } from 'vitest';
import { transferReferences } from './utr.ts';

const found = (narration: string, reference: string | null = null) =>
  transferReferences({ narration, reference }).map(({ kind, value }) => `${kind} ${value}`);

describe('the reference of a transfer', () => {
  it.each([
    ['NEFT of sixteen signs', 'NEFT CR-HDFCN26095123456-SHREE', ['neft HDFCN26095123456']],
    [
      'NEFT of another bank, a figure instead of the letter',
      'NEFT/AXIS/SBIN526095123456/FEES',
      ['neft SBIN526095123456'],
    ],
    ['NEFT as HDFC prints it without the bank', 'NEFT DR-UTIB0001688-N095261987654321-X', ['neft N095261987654321']],
    ['RTGS', 'RTGS CR-SBIN0000300-SBINR52026040512345678-TRUST', ['rtgs SBINR52026040512345678']],
    ['RTGS whose day is none is only a hint', 'X SBINR52026990512345678', ['rtgs SBINR52026990512345678']],
    ['the form of gateways', 'PAYOUT HDFC2024011598765 DONE', ['other HDFC2024011598765']],
    ['IMPS', 'IMPS-409876543210-ASHA-HDFC-xx1234', ['rrn 409876543210']],
    ['UPI', 'UPI/P2M/412345678903/CANTEEN/Pay/HDFC BANK', ['rrn 412345678903']],
    ['Hindi figures', 'UPI ४१२३४५६७८९०३', ['rrn 412345678903']],
    ['small letters', 'neft hdfcn26095123456', ['neft HDFCN26095123456']],
    ['nothing', 'CASH DEPOSIT BY SELF 12345', []],
    ['a longer run of figures is an account, not an RRN', 'TPT-50100012345678-ASHA', []],
  ])('%s', (_name, narration, expected) => {
    expect(found(narration)).toEqual(expected);
  });

  it('of the column is surer than that of the narration, and zeros before an RRN do not count', () => {
    expect(found('UPI-SHREE-412345678903', '0000603412345678')).toEqual(['rrn 412345678903', 'rrn 603412345678']);
    expect(found('UPI-SHREE-412345678903', '0000412345678903')).toEqual(['rrn 412345678903']);
    expect(found('NEFT', 'HDFCN26095123456')).toEqual(['neft HDFCN26095123456']);
  });

  it('is named once, and the surest comes first', () => {
    const narration = 'ACCT 123456789012 RTGS SBINR52026040512345678 HDFCN26095123456 SBINR52026040512345678';
    expect(found(narration)).toEqual(['rtgs SBINR52026040512345678', 'neft HDFCN26095123456', 'rrn 123456789012']);
  });
});
