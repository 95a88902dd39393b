import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import { dayBetween } from '../../testing/arbitraries.ts';
import { dutiesDue, type Taxpayer } from './calendar.ts';

const monthly: Taxpayer = { gst: 'monthly', stateCode: '27', deductsGst: false, deductsTax: true };
const said = (taxpayer: Taxpayer, from: string, to: string): readonly string[] =>
  dutiesDue(taxpayer, from, to).map(({ duty, first, last, due }) => `${due} ${duty} ${first} ${last}`);

describe('what falls due', () => {
  it('in a month in which a quarter has ended', () => {
    expect(said(monthly, '2026-10-01', '2026-10-31')).toEqual([
      '2026-10-07 tds_deposit 2026-09-01 2026-09-30',
      '2026-10-11 gstr1 2026-09-01 2026-09-30',
      '2026-10-20 gstr3b 2026-09-01 2026-09-30',
      '2026-10-31 tds_statement 2026-07-01 2026-09-30',
    ]);
  });

  it('at the end of a year: tax of March by 30 April, the statement by 31 May, certificates by 15 June', () => {
    const { gst: _, ...rest } = monthly;
    expect(said({ ...rest, gst: null }, '2027-04-01', '2027-06-30')).toEqual([
      '2027-04-30 tds_deposit 2027-03-01 2027-03-31',
      '2027-05-07 tds_deposit 2027-04-01 2027-04-30',
      '2027-05-31 tds_statement 2027-01-01 2027-03-31',
      '2027-06-07 tds_deposit 2027-05-01 2027-05-31',
      '2027-06-15 salary_certificate 2026-04-01 2027-03-31',
      '2027-06-15 tds_certificate 2027-01-01 2027-03-31',
    ]);
    expect(said(monthly, '2026-12-31', '2026-12-31')).toEqual(['2026-12-31 gstr9 2025-04-01 2026-03-31']);
  });

  it.each([
    ['27', '2026-10-22'],
    ['36', '2026-10-22'],
    ['09', '2026-10-24'],
    ['38', '2026-10-24'],
  ])('by the quarter, by the state: %s on %s', (stateCode, due) => {
    const quarterly: Taxpayer = { gst: 'quarterly', stateCode, deductsGst: true, deductsTax: false };
    expect(said(quarterly, '2026-10-01', '2026-12-10')).toEqual([
      '2026-10-10 gstr7 2026-09-01 2026-09-30',
      '2026-10-13 gstr1 2026-07-01 2026-09-30',
      `${due} gstr3b 2026-07-01 2026-09-30`,
      '2026-11-10 gstr7 2026-10-01 2026-10-31',
      '2026-11-13 iff 2026-10-01 2026-10-31',
      '2026-11-25 pmt06 2026-10-01 2026-10-31',
      '2026-12-10 gstr7 2026-11-01 2026-11-30',
    ]);
  });

  it('names the rule of its day', () => {
    const [before] = dutiesDue(monthly, '2026-04-30', '2026-04-30');
    const [after] = dutiesDue(monthly, '2026-05-07', '2026-05-07');
    expect([before?.source, after?.source]).toEqual(['ITR62 rule 30', 'ITR26 rule 218']);
  });

  it('is nothing for who is not registered and deducts nothing', () => {
    expect(
      dutiesDue({ gst: null, stateCode: '27', deductsGst: false, deductsTax: false }, '2024-04-01', '2027-03-31'),
    ).toEqual([]);
  });

  it('over a time is what falls due in its parts, each once, and never before its period has ended', () => {
    const taxpayers = fc.record({
      gst: fc.constantFrom('monthly', 'quarterly', null),
      stateCode: fc.constantFrom('27', '09', '33'),
      deductsGst: fc.boolean(),
      deductsTax: fc.boolean(),
    });
    fc.assert(
      fc.property(
        taxpayers,
        dayBetween('2022-04-01', 2_000),
        fc.nat(500),
        fc.nat(500),
        (taxpayer, from, days, more) => {
          const middle = addDays(from, days);
          const to = addDays(middle, more + 1);
          const whole = said(taxpayer, from, to);
          expect(whole).toEqual([...said(taxpayer, from, middle), ...said(taxpayer, addDays(middle, 1), to)]);
          expect(new Set(whole).size).toBe(whole.length);
          for (const { last, due } of dutiesDue(taxpayer, from, to)) expect(last < due).toBe(true);
        },
      ),
    );
  });

  it('has every month of a year paid in once', () => {
    const months = dutiesDue(monthly, '2026-05-01', '2027-04-30').filter(({ duty }) => duty === 'tds_deposit');
    expect(months.map(({ first }) => first.slice(0, 7))).toEqual([
      ...['2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09'],
      ...['2026-10', '2026-11', '2026-12', '2027-01', '2027-02', '2027-03'],
    ]);
  });
});
