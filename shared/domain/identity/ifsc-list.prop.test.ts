import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import data from '../../../resources/ifsc/ifsc.json' with { type: 'json' };
import { checkIfsc } from './ifsc.ts';
import { IfscList, packBranches } from './ifsc-list.ts';

const branch = fc.oneof(
  fc.integer({ min: 0, max: 200 }).map((number) => String(number).padStart(6, '0')),
  fc.integer({ min: 0, max: 999_999 }).map((number) => String(number).padStart(6, '0')),
  fc.stringMatching(/^[A-Z0-9]{6}$/),
);
const listOf = (branches: readonly string[]) =>
  new IfscList({ source: 'test', banks: { ABCD: { name: 'A bank', branches: packBranches(branches) } }, members: {} });

describe('a packed list', () => {
  test('has the branches that were put in and no others', () => {
    fc.assert(
      fc.property(fc.array(branch, { maxLength: 300 }), fc.array(branch), (branches, others) => {
        const list = listOf(branches);
        for (const one of [...branches, ...others]) {
          expect([one, list.find(`ABCD0${one}`)?.hasBranch]).toEqual([one, branches.includes(one)]);
        }
      }),
    );
  });

  test('takes nothing that is no branch code', () => {
    for (const wrong of ['1', '1234567', '12 456', 'abcdef']) expect(() => packBranches([wrong])).toThrow(RangeError);
  });

  test('names the bank behind another one by the code, or by how it begins, whichever says more', () => {
    const members = { ABCD0: 'Broad', ABCD0MEM: 'Narrow', ABCD0000007: 'Exact' };
    const banks = { ABCD: { name: 'Sponsor', branches: '7-8 MEM001' }, WXYZ: { name: null, branches: '1' } };
    const list = new IfscList({ source: 'test', banks, members });
    const nameOf = (ifsc: string) => list.find(ifsc)?.name;
    expect([nameOf('ABCD0000007'), nameOf('ABCD0MEM001'), nameOf('ABCD0000008')]).toEqual(['Exact', 'Narrow', 'Broad']);
    expect(list.find('WXYZ0000001')).toEqual({ name: null, hasBranch: true });
    expect(list.find('__proto__')).toBeNull();
  });
});

describe('the list that Munim carries', () => {
  const list = new IfscList(data);

  test.each([
    ['HDFC0000001', 'HDFC Bank'],
    ['SBIN0000300', 'State Bank of India'],
    ['ICIC0000001', 'ICICI Bank'],
    ['UTIB0000001', 'Axis Bank'],
    ['MAHB0000001', 'Bank of Maharashtra'],
  ])('%s is a branch of %s', (ifsc, name) => {
    expect(list.find(ifsc)).toEqual({ name, hasBranch: true });
  });

  test('what is not in it is told apart', () => {
    expect(list.find('ZZZZ0000001')).toBeNull();
    expect(list.find('HDFC0ZZZZZZ')).toEqual({ name: 'HDFC Bank', hasBranch: false });
  });

  test('has all codes of its source, each of the right form, in order and none twice', () => {
    let count = 0;
    const wrong: string[] = [];
    for (const [bank, { branches }] of Object.entries(data.banks)) {
      let last = -1;
      for (const part of branches.split(' ')) {
        const run = /^(\d+)(?:-(\d+))?$/.exec(part);
        const ends = run === null ? [part] : [run[1] ?? '', run[2] ?? run[1] ?? ''].map((end) => end.padStart(6, '0'));
        for (const end of ends) if (!checkIfsc(`${bank}0${end}`).ok) wrong.push(`${bank}0${end}`);
        if (run === null) {
          count += 1;
          continue;
        }
        const [from, to] = ends.map(Number) as [number, number];
        if (from <= last || to < from) wrong.push(`${bank} ${part}`);
        count += to - from + 1;
        last = to;
      }
    }
    expect(wrong).toEqual([]);
    expect([count, Object.keys(data.banks).length]).toEqual([176_918, 257]);
  });
});
