import { describe, expect, it } from 'vitest';
import data from '../../../resources/hsn/hsn.json' with { type: 'json' };
import { reverseCharges, supplies } from './gst-rules.gen.ts';
import { HsnList } from './hsn-list.ts';

const list = new HsnList(data);
const codes = (typed: string, most = 5): readonly string[] => list.search(typed, most).map(({ code }) => code);

describe('the list that Munim carries', () => {
  it('has as many codes as its source, each of the right length and with a text', () => {
    const goods = Object.entries(data.goods).flatMap(([heading, { codes: own }]) =>
      Object.keys(own).map((rest) => heading + rest),
    );
    expect([goods.length, Object.keys(data.services).length]).toEqual([12_604, 568]);
    expect(goods.filter((code) => !/^\d{8}$/.test(code) || list.find(code)?.text === '')).toEqual([]);
    expect(Object.keys(data.services).filter((code) => !/^99\d{4}$/.test(code))).toEqual([]);
  });

  it('knows what colleges deal in', () => {
    expect(list.find('999242')).toEqual({
      code: '999242',
      text: 'Higher education services, technical',
      isService: true,
    });
    expect(list.find('48202000')).toMatchObject({ isService: false });
    expect(list.find('00000000')).toBeNull();
  });

  it('has codes that begin as those of the rules do', () => {
    const ruled = [...Object.values(supplies), ...Object.values(reverseCharges)].map(({ code }) => code);
    expect(ruled.filter((code) => codes(code, 1).length === 0)).toEqual([]);
  });
});

describe('the search', () => {
  it('takes the digits a code begins with, and gives them in order', () => {
    expect(codes('9992', 3)).toEqual(['999210', '999220', '999231']);
    expect(codes('4820', 2)).toEqual(['4820', '48201010']);
    expect(codes('4820 20', 5)).toEqual(['48202000']);
  });

  it('takes the beginnings of words in any order, and puts services first', () => {
    expect(codes('higher educ')).toContain('999241');
    expect(codes('educ higher')).toEqual(codes('higher educ'));
    const found = list.search('printing', 200);
    const lastService = found.findLastIndex(({ isService }) => isService);
    const firstGoods = found.findIndex(({ isService }) => !isService);
    expect(lastService).toBeLessThan(firstGoods);
  });

  it.each(['', '  ', '-', 'zzzzzz', '77777777'])('finds nothing for %j', (typed) => {
    expect(codes(typed)).toEqual([]);
  });

  it('gives no more than it is asked for', () => {
    expect(list.search('other', 7)).toHaveLength(7);
  });
});
