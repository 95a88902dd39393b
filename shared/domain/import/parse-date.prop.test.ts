import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import { type DateOrder, dateOrder, noDateEvidence, parseImportDate, withDateCell } from './parse-date.ts';
import type { RawCell } from './raw-cell.ts';

const text = (value: string): RawCell => ({ kind: 'text', text: value });
const day = fc.nat(36_000).map((days) => addDays('2000-01-01', days));
const sure = (date: string) => ({ ok: true, value: { date, assumed: false } });
const orders = fc.constantFrom<DateOrder>('day_first', 'month_first', 'assumed', 'mixed');
const orderOf = (texts: readonly string[]): DateOrder =>
  dateOrder(texts.map(text).reduce(withDateCell, noDateEvidence));

const EN = ['Jan', 'Feb', 'March', 'Apr', 'May', 'June', 'Jul', 'August', 'Sept', 'Oct', 'Nov', 'December'];
const HI = 'जनवरी,फ़रवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितंबर,अक्टूबर,नवंबर,दिसंबर'.split(',');
const devanagari = (value: string): string =>
  value.replace(/\d/g, (digit) => String.fromCharCode(0x966 + Number(digit)));

describe('a day', () => {
  it('is the same in every unmistakable way of writing it, whatever the column says', () => {
    fc.assert(
      fc.property(day, orders, (date, order) => {
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        const [en, hi] = [EN[Number(month) - 1] ?? '', HI[Number(month) - 1] ?? ''];
        const serial = Math.round((Date.parse(date) - Date.parse('1899-12-30')) / 86_400_000);
        const ways: readonly RawCell[] = [
          { kind: 'date', text: date },
          { kind: 'number', text: String(serial) },
          { kind: 'number', text: `${serial}.75` },
          text(date),
          text(`${date}T00:00:00Z`),
          text(`${date} 10:30`),
          text(`${Number(dayOfMonth)} ${en} ${year}`),
          text(`${dayOfMonth}-${en.toUpperCase()}-${year.slice(2)}`),
          text(`${en} ${Number(dayOfMonth)}, ${year}`),
          text(`${devanagari(String(Number(dayOfMonth)))} ${hi} ${devanagari(year)}`),
          text(` ${year}/${month}/${dayOfMonth}\u00a0`),
        ];
        for (const way of ways) expect([way.text, parseImportDate(way, order)]).toEqual([way.text, sure(date)]);
      }),
    );
  });

  it('in figures follows the order of its column', () => {
    fc.assert(
      fc.property(day, fc.constantFrom('-', '/', '.', ' / '), (date, mark) => {
        const [year = '', month = '', dayOfMonth = ''] = date.split('-');
        const dayFirst = text([dayOfMonth, month, year].join(mark));
        const monthFirst = text([month, dayOfMonth, year].join(mark));
        expect(parseImportDate(dayFirst, 'day_first')).toEqual(sure(date));
        expect(parseImportDate(monthFirst, 'month_first')).toEqual(sure(date));
        const unclear = Number(dayOfMonth) <= 12 && dayOfMonth !== month;
        expect(parseImportDate(dayFirst, 'mixed')).toEqual(unclear ? { ok: false, error: 'ambiguous' } : sure(date));
        expect(parseImportDate(dayFirst, 'assumed')).toEqual({ ok: true, value: { date, assumed: unclear } });
      }),
    );
  });

  it.each([
    '31-02-2026',
    '29/02/2025',
    '00-01-2026',
    '13/13/2026',
    '5 Foo 2026',
    '2026',
    'next week',
    '12-2026',
    '5 Apr',
    '99999',
  ])('%s is none', (typed) => {
    expect(parseImportDate(text(typed), 'day_first')).toEqual({ ok: false, error: 'not_a_date' });
  });

  it('is not a small number, such as an amount in the wrong column', () => {
    expect(parseImportDate({ kind: 'number', text: '1250' }, 'day_first')).toEqual({ ok: false, error: 'not_a_date' });
    expect(parseImportDate({ kind: 'number', text: '2026' }, 'day_first')).toEqual({ ok: false, error: 'not_a_date' });
  });
});

describe('the order of day and month of a column', () => {
  it.each([
    [['25/07/2025', '04/05/2025'], 'day_first'],
    [['07/25/2025', '04/05/2025'], 'month_first'],
    [['25/07/2025', '07/28/2025'], 'mixed'],
    [['04/05/2025', '2025-05-04', '5 Apr 2025'], 'assumed'],
    [[], 'assumed'],
  ] as const)('%j is %s', (texts, order) => {
    expect(orderOf(texts)).toBe(order);
  });
});
