import { describe, expect, it } from 'vitest';
import { balanceText, cellText, labelColumn, type ReportColumn } from './document.ts';

const column = (kind: ReportColumn['kind'], key = 'x', wide = false): ReportColumn => ({
  key,
  header: key,
  kind,
  wide,
});

describe('a cell of a report', () => {
  it.each([
    ['money', -1_234_567_89n, '-12,34,567.89'],
    ['balance', 1_234_00n, '1,234.00 Dr'],
    ['balance', -12_34_567_00n, '12,34,567.00 Cr'],
    ['balance', 0n, '0.00'],
    ['date', '2026-04-05', '05-04-2026'],
    ['int', 12, '12'],
    ['int', 12n, '12'],
    ['text', 'श्री', 'श्री'],
    ['money', null, ''],
  ] as const)('of kind %s with %s is read as %s', (kind, cell, text) => {
    expect(cellText(column(kind), cell, 'en')).toBe(text);
  });

  it('has the words of its language beside a balance', () => {
    expect([balanceText(5n, 'hi'), balanceText(-5n, 'hi')]).toEqual(['0.05 नामे', '0.05 जमा']);
  });

  it.each([
    ['money', 5],
    ['date', '05-04-2026'],
    ['date', '2026-02-30'],
    ['int', 1.5],
    ['text', 5n],
  ] as const)('of kind %s cannot be %s', (kind, cell) => {
    expect(() => cellText(column(kind), cell, 'en')).toThrow(TypeError);
  });

  it('carries labels in the wide text, else in the first text, else in what is no amount', () => {
    const [code, name, money] = [column('text', 'code'), column('text', 'name', true), column('money', 'money')];
    expect(labelColumn([money, code, name])?.key).toBe('name');
    expect(labelColumn([money, code])?.key).toBe('code');
    expect(labelColumn([money, column('date', 'day')])?.key).toBe('day');
    expect(labelColumn([money])).toBeUndefined();
  });
});
