import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportNames } from '../../../shared/domain/report/names.ts';
import { addressOf, addressOfLink, readAddress } from './report-address.ts';

describe('the address of a report', () => {
  it('says everything the report is narrowed to', () => {
    const some = fc.option(fc.string({ minLength: 1, maxLength: 12 }), { nil: undefined });
    const day = fc.option(fc.constantFrom('2026-04-01', '2027-03-31'), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          report: fc.constantFrom(...reportNames),
          from: day,
          to: day,
          accountCode: some,
          vendorId: some,
          centreCode: some,
        }),
        (choice) => {
          const given = Object.fromEntries(Object.entries(choice).filter(([, value]) => value !== undefined));
          expect(readAddress(addressOf(choice))).toEqual(given);
        },
      ),
    );
  });

  it('is none for the list, an unknown report and an impossible day', () => {
    expect(readAddress('/reports')).toBeNull();
    expect(readAddress('/reports/profit')).toBeNull();
    expect(readAddress('/reports/ledger/from=2026-02-30&accountCode=1200')).toEqual({
      report: 'ledger',
      accountCode: '1200',
    });
  });

  it('of a row leads down to the ledger over the same days, and on to the voucher', () => {
    const [from, to] = ['2026-04-01', '2026-09-30'];
    expect(readAddress(addressOfLink({ to: 'account', accountCode: '1200' }, from, to))).toEqual({
      ...{ report: 'ledger', accountCode: '1200', from, to },
    });
    expect(addressOfLink({ to: 'voucher', id: 'v' }, from, to)).toBe('/vouchers/v');
    const month = { to: 'report', report: 'income_expenditure', of: { from: '2026-05-01', to: '2026-05-31' } } as const;
    expect(readAddress(addressOfLink(month, from, to))).toMatchObject({ from: '2026-05-01', to: '2026-05-31' });
  });
});
