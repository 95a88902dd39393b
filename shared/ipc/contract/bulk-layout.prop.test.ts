import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BulkLayout, bulkDelimiters, bulkValues } from '../../domain/bulk-file/layout.ts';
import { bulkPresets } from '../../domain/bulk-file/presets.ts';
import { checkLayout, fileFormatText, formatName, readFileFormat } from './bulk-layout.ts';

const words = fc.stringMatching(/^[A-Za-z0-9 .]{0,20}$/);
const cell = fc.oneof(
  fc.record({ kind: fc.constant('text' as const), text: words }),
  fc.record({
    kind: fc.constant('value' as const),
    value: fc.constantFrom(...bulkValues),
    max: fc.integer({ min: 1, max: 200 }),
  }),
);
const needed = (['beneficiaryAccount', 'beneficiaryIfsc', 'amount', 'reference'] as const).map((value) => ({
  ...{ kind: 'value' as const, value, max: 34 },
}));
const mode = fc.stringMatching(/^[A-Z]{1,5}$/);
const layouts: fc.Arbitrary<BulkLayout> = fc.record({
  fileName: fc.constantFrom('{client}{dd}{mm}.{serial}', 'pay.txt', '{client}-{yyyy}_{serial}.csv'),
  delimiter: fc.constantFrom(...bulkDelimiters),
  lineEnd: fc.constantFrom('crlf' as const, 'lf' as const),
  head: fc.option(fc.array(cell, { minLength: 1, maxLength: 8 })),
  row: fc
    .array(cell, { maxLength: 12 })
    .chain((more) => fc.shuffledSubarray([...more, ...needed], { minLength: more.length + needed.length })),
  foot: fc.option(fc.array(cell, { minLength: 1, maxLength: 8 })),
  modes: fc.record({ neft: mode, rtgs: mode, own: mode }),
  dates: fc.constantFrom('dd/mm/yyyy', 'dd-mm-yyyy', 'ddmmyyyy', 'yyyy-mm-dd'),
  isPlainText: fc.boolean(),
});

test('a layout that is kept as text comes back as it was, and its text is the same again', () => {
  fc.assert(
    fc.property(layouts, (layout) => {
      const text = fileFormatText(layout);
      const read = readFileFormat(text);
      expect(read).toEqual({ ok: true, value: layout });
      expect(read.ok && fileFormatText(read.value)).toBe(text);
    }),
  );
});

test('a preset is kept by its name, and only while nothing of it was changed', () => {
  for (const [name, preset] of Object.entries(bulkPresets)) {
    expect(fileFormatText(preset)).toBe(name);
    expect(readFileFormat(name)).toEqual({ ok: true, value: preset });
    expect(formatName(fileFormatText({ ...preset, delimiter: '~' }))).toBe('own');
  }
});

test('a row without what a payment needs, or with a sign that ends a row, is no layout', () => {
  fc.assert(
    fc.property(layouts, fc.constantFrom(...needed), (layout, { value: gone }) => {
      const row = layout.row.filter((one) => one.kind === 'text' || one.value !== gone);
      expect(checkLayout({ ...layout, row }).ok).toBe(false);
    }),
  );
  const layout = bulkPresets.icici_cib;
  for (const text of ['a\nb', 'a"b', 'a\0']) {
    expect(checkLayout({ ...layout, row: [...layout.row, { kind: 'text', text }] }).ok).toBe(false);
  }
  for (const fileName of ['../x', 'a/b', '', 'a b', 'x'.repeat(81)]) {
    expect(checkLayout({ ...layout, fileName }).ok).toBe(false);
  }
});

test('any other text is refused and never throws', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      fc.pre(!Object.hasOwn(bulkPresets, text));
      expect(readFileFormat(text)).toMatchObject({ ok: false, error: { code: 'BULK_LAYOUT_INVALID' } });
    }),
  );
  expect(readFileFormat(null).ok).toBe(false);
});
