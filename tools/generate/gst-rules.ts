import { z } from 'zod';
import { isGstState } from '../../shared/domain/identity/gst-states.ts';
import {
  checkSource,
  checkSpans,
  literal,
  paiseOf,
  pointsOf,
  readTaxFile,
  zDate,
  zPercent,
  zRupees,
  zSources,
  zSpan,
} from './dated-rows.ts';

const source = 'resources/tax/gst.json';

const zName = z.string().regex(/^[a-z][a-z0-9_]*$/);
/** A code of the harmonised system for goods, or of services, by two to eight digits. */
const zCode = z.string().regex(/^\d{4}(?:\d{2}){0,2}$/);
const zFile = z.strictObject({
  version: zDate,
  sources: zSources,
  rates: z.array(zSpan.extend({ percents: z.array(zPercent).nonempty() })).nonempty(),
  limits: z.array(z.strictObject({ limit: zName, rows: z.array(zSpan.extend({ rupees: zRupees })).nonempty() })),
  hsnTables: z.array(zSpan.extend({ tables: z.enum(['one', 'b2b_and_b2c']) })).nonempty(),
  gstr3bTables: z.array(zSpan.extend({ hasOperators: z.boolean(), hasPlaces: z.boolean() })).nonempty(),
  unionTerritories: z.strictObject({ states: z.array(z.string().refine(isGstState)), source: z.string() }),
  reverseCharge: z.array(
    z.strictObject({
      service: zName,
      code: zCode,
      rows: z
        .array(
          zSpan.extend({
            percent: zPercent,
            supplier: z.enum(['any', 'not_body_corporate', 'unregistered', 'abroad']),
          }),
        )
        .nonempty(),
    }),
  ),
  supplies: z.array(
    z.strictObject({
      supply: zName,
      side: z.enum(['outward', 'inward']),
      code: zCode,
      rows: z
        .array(zSpan.extend({ treatment: z.enum(['taxable', 'exempt', 'contested']), percent: zPercent }))
        .nonempty(),
    }),
  ),
});
type File = z.infer<typeof zFile>;

/** `shared/domain/tax/gst-rules.gen.ts` from `resources/tax/gst.json`. @throws when the data is not sound */
export function gstRulesModule(text: string = readTaxFile(source)): string {
  const file = zFile.parse(JSON.parse(text));
  check(file);
  const { rates, limits, hsnTables, unionTerritories, reverseCharge, supplies } = file;
  return [
    `// Made by \`npm run generate\` from ${source}; do not edit.`,
    '',
    `export const gstRulesVersion = '${file.version}';`,
    '',
    '/** The rates there are, in basis points. */',
    'export const gstRates = [',
    ...rates.map(({ percents, ...row }) => `  ${literal({ ...row, basisPoints: percents.map(pointsOf) })},`),
    '] as const;',
    '',
    '/** In paise. */',
    'export const gstLimits = {',
    ...limits.map(({ limit, rows }) => `  ${limit}: ${literal(rows.map(limitOf))},`),
    '} as const;',
    '',
    'export const hsnTables = [',
    ...hsnTables.map((row) => `  ${literal(row)},`),
    '] as const;',
    '',
    '/** Of table 3.1.1, supplies through operators, and 3.2, supplies between states to people. */',
    'export const gstr3bTables = [',
    ...file.gstr3bTables.map((row) => `  ${literal(row)},`),
    '] as const;',
    '',
    '/** Where the half of the tax that is not of the centre is one of the Union territory. */',
    `export const unionTerritories: readonly string[] = ${literal(unionTerritories.states)};`,
    '',
    '/** Services on which the recipient pays the tax. */',
    'export const reverseCharges = {',
    ...reverseCharge.map(
      ({ service, code, rows }) => `  ${service}: { code: '${code}', rows: ${literal(rows.map(rated))} },`,
    ),
    '} as const;',
    '',
    '/** What a college supplies and buys, and how it is taxed. */',
    'export const supplies = {',
    ...supplies.map(
      ({ supply, side, code, rows }) =>
        `  ${supply}: { side: '${side}', code: '${code}', rows: ${literal(rows.map(rated))} },`,
    ),
    '} as const;',
    '',
  ].join('\n');
}

const limitOf = ({ rupees, ...row }: File['limits'][number]['rows'][number]) => ({ ...row, paise: paiseOf(rupees) });
const rated = <T extends { readonly percent: string }>({ percent, ...row }: T) => ({
  ...row,
  basisPoints: pointsOf(percent),
});

function check({
  sources,
  rates,
  limits,
  hsnTables,
  gstr3bTables,
  unionTerritories,
  reverseCharge,
  supplies,
}: File): void {
  checkSpans('rates', rates, sources);
  checkSpans('hsn tables', hsnTables, sources);
  checkSpans('tables of GSTR-3B', gstr3bTables, sources);
  checkSource('union territories', unionTerritories.source, sources);
  for (const { limit, rows } of limits) checkSpans(limit, rows, sources);
  const rated = [
    ...reverseCharge.map(({ service, rows }) => ({ name: service, rows })),
    ...supplies.map(({ supply, rows }) => ({ name: supply, rows })),
  ];
  const names = rated.map(({ name }) => name);
  if (new Set(names).size !== names.length) throw new Error('a supply is there twice');
  for (const { name, rows } of rated) {
    checkSpans(name, rows, sources);
    for (const { from, to, percent } of rows) {
      // A rate may outlive its slab by no day: each row of a supply has a rate of the slabs of its own days.
      const slabs = rates.filter((slab) => (to === null || slab.from <= to) && (slab.to === null || from <= slab.to));
      if (!slabs.every(({ percents }) => percents.includes(percent))) throw new Error(`${name}: no rate of ${percent}`);
    }
  }
  for (const { supply, rows } of supplies) {
    const isSound = rows.every(({ treatment, percent }) => (treatment === 'exempt') === (percent === '0'));
    if (!isSound) throw new Error(`${supply}: what is exempt has no rate, and all else has one`);
  }
}
