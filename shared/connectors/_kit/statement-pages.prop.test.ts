import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../kernel/dates.ts';
import type { StatementPage } from './bank.ts';
import { isPageMark, joinPage, type PageCounts, type PageLine, pageNumberOf } from './statement-pages.ts';

const period = { from: '2026-04-01', to: '2026-09-30' };

/** Lines whose balances follow from each other, some of them of one day and one amount. */
const anyLines: fc.Arbitrary<readonly PageLine[]> = fc
  .tuple(
    fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }),
    fc.array(
      fc.tuple(fc.nat(2), fc.boolean(), fc.oneof(fc.constant(500_00n), fc.bigInt({ min: 1n, max: 10n ** 11n }))),
      {
        maxLength: 40,
      },
    ),
  )
  .map(([opening, moves]) => {
    let balance = opening;
    let date = period.from;
    return moves.map(([days, isDebit, amount], index) => {
      balance += isDebit ? -amount : amount;
      date = addDays(date, days);
      const sides = { debitPaise: isDebit ? amount : 0n, creditPaise: isDebit ? 0n : amount };
      const entry = { date, valueDate: null, narration: 'x', reference: null, chequeNo: null, balancePaise: balance };
      return { key: `T${index}`, entry: { ...entry, ...sides } };
    });
  });

const cut = (lines: readonly PageLine[], size: number): readonly (readonly PageLine[])[] =>
  lines.length === 0
    ? [[]]
    : Array.from({ length: Math.ceil(lines.length / size) }, (_, page) => lines.slice(page * size, (page + 1) * size));

/** Reads pages one after the other as they are served; stops at the first fault. */
function readAll(pages: readonly (readonly PageLine[])[], records: number, says: Partial<PageCounts> = {}) {
  const read: StatementPage[] = [];
  let mark: string | null = null;
  for (const [index, lines] of pages.entries()) {
    const counts = { page: index + 1, pages: pages.length, records, ...says };
    const page = joinPage(lines, counts, { ...period, page: mark });
    if (!page.ok) return page.error;
    read.push(page.value);
    mark = page.value.nextPage;
    if (mark !== null) {
      expect(isPageMark(mark)).toBe(true);
      expect(pageNumberOf(mark)).toBe(index + 2);
    }
  }
  expect(mark).toBeNull();
  return read;
}

test('whatever the size of its pages, a statement comes together line by line and balance by balance', () => {
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 1, max: 12 }), (lines, size) => {
      const read = readAll(cut(lines, size), lines.length);
      if (typeof read === 'string') throw new Error(read);
      expect(read.flatMap(({ entries }) => entries)).toEqual(lines.map(({ entry }) => entry));
      expect(read.at(-1)?.closingPaise).toBe(lines.at(-1)?.entry.balancePaise ?? null);
      for (const [index, { openingPaise }] of read.entries()) {
        if (index > 0) expect(openingPaise).toBe(read[index - 1]?.closingPaise);
      }
    }),
  );
});

test('a page that is missing, came twice or is another one never passes', () => {
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 1, max: 6 }), fc.nat(), fc.boolean(), (lines, size, at, isRepeated) => {
      const pages = cut(lines, size);
      fc.pre(pages.length > 1);
      const index = at % pages.length;
      const spoilt = isRepeated ? pages.toSpliced(index, 0, pages[index] ?? []) : pages.toSpliced(index, 1);
      expect(typeof readAll(spoilt, lines.length)).toBe('string');
    }),
  );
});

test('a line that is missing, came twice or has another amount never passes', () => {
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 1, max: 9 }), fc.nat(), (lines, size, at) => {
      fc.pre(lines.length > 1);
      const index = at % lines.length;
      const [line] = lines.slice(index);
      if (line === undefined) throw new Error('no line');
      const without = lines.toSpliced(index, 1);
      expect(typeof readAll(cut(without, size), lines.length)).toBe('string');
      expect(typeof readAll(cut(lines.toSpliced(index, 0, line), size), lines.length + 1)).toBe('string');
      // The first line of all has nothing before it that would contradict it.
      fc.pre(index > 0);
      const entry = { ...line.entry, debitPaise: line.entry.debitPaise + 1n };
      expect(readAll(cut(lines.with(index, { ...line, entry }), size), lines.length)).toBe('balance_broken');
    }),
  );
});

test('one page with the newest line first is turned round; several are not put together', () => {
  fc.assert(
    fc.property(anyLines, fc.integer({ min: 2, max: 9 }), (some, size) => {
      fc.pre(some.length > size);
      const lines = some.map((one, days) => ({ ...one, entry: { ...one.entry, date: addDays(period.from, days) } }));
      const read = readAll([lines.toReversed()], lines.length);
      if (typeof read === 'string') throw new Error(read);
      expect(read[0]?.entries).toEqual(lines.map(({ entry }) => entry));
      expect(readAll(cut(lines.toReversed(), size), lines.length)).toBe('newest_first');
    }),
  );
});

test('where the balances run both ways, the days say which way', () => {
  const there = line('A', 100n);
  const back = { key: 'B', entry: { ...line('B', 0n).entry, debitPaise: 100n, creditPaise: 0n } };
  const on = (one: PageLine, date: string): PageLine => ({ ...one, entry: { ...one.entry, date } });
  const again = on({ ...there, key: 'C' }, '2026-05-04');
  const lines = [there, on(back, '2026-05-03'), again];
  for (const given of [lines, lines.toReversed()]) {
    const read = readAll([given], 3);
    expect(typeof read === 'string' ? read : read[0]?.entries).toEqual(lines.map(({ entry }) => entry));
  }
});

const line = (key: string, balancePaise: bigint): PageLine => {
  const words = { date: '2026-05-02', valueDate: null, narration: 'x', reference: null, chequeNo: null };
  return { key, entry: { ...words, debitPaise: 0n, creditPaise: 100n, balancePaise } };
};

test('a page that came twice is seen by its lines where its money comes to nothing', () => {
  const there = line('A', 100n);
  const back = { key: 'B', entry: { ...line('B', 0n).entry, debitPaise: 100n, creditPaise: 0n } };
  expect(
    readAll(
      [
        [there, back],
        [there, back],
      ],
      4,
    ),
  ).toBe('line_repeated');
  const [third, fourth] = [
    { ...there, key: 'C' },
    { ...back, key: 'D' },
  ];
  expect(
    readAll(
      [
        [there, back],
        [third, fourth],
      ],
      4,
    ),
  ).toHaveLength(2);
});

test('more records than a page ago are taken, fewer are not', () => {
  const first = joinPage([line('A', 100n)], { page: 1, pages: 2, records: 2 }, { ...period, page: null });
  const page = first.ok ? first.value.nextPage : null;
  const second = [line('B', 200n), line('C', 300n)];
  expect(joinPage(second, { page: 2, pages: 2, records: 3 }, { ...period, page })).toMatchObject({ ok: true });
  expect(joinPage([], { page: 2, pages: 2, records: 1 }, { ...period, page })).toEqual({
    ok: false,
    error: 'line_count',
  });
});

test('a line of another day, an empty page in between and a page without end are faults', () => {
  const asked = { ...period, page: null };
  const counts = { page: 1, pages: 1, records: 1 };
  expect(joinPage([line('A', 1n)], counts, { ...asked, from: '2026-05-03' })).toMatchObject({
    error: 'outside_period',
  });
  expect(joinPage([], { page: 1, pages: 3, records: 9 }, asked)).toMatchObject({ error: 'line_count' });
  expect(joinPage([line('A', 1n)], { page: 1, pages: 10 ** 8, records: 9 }, asked)).toMatchObject({
    error: 'other_page',
  });
  expect(joinPage([], { page: 1, pages: 0, records: 0 }, asked)).toMatchObject({ ok: true, value: { entries: [] } });
});

test('what is no mark of ours is none', () => {
  for (const text of ['', '2', 'null', '{"page":1}', '{"page":2,"seen":1,"records":1,"balance":"x","last":""}', '[']) {
    expect(isPageMark(text), text).toBe(false);
  }
});
