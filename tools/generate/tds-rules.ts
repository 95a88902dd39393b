import { z } from 'zod';
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

const source = 'resources/tax/tds.json';

const zFile = z.strictObject({
  version: zDate,
  sources: zSources,
  withoutPan: z.array(zSpan.extend({ percent: zPercent, goodsPercent: zPercent })).nonempty(),
  salary: zSpan.extend({ codes: z.array(z.string().regex(/^\d{4}$/)).nonempty() }),
  natures: z.array(
    z.strictObject({
      nature: z.string().regex(/^[a-z_]+$/),
      periods: z
        .array(
          zSpan.extend({
            section: z.string().min(3),
            rates: z
              .array(
                z.strictObject({
                  payee: z.enum(['individual', 'company', 'other']),
                  percent: zPercent,
                  code: z
                    .string()
                    .regex(/^\d{4}$/)
                    .nullable(),
                }),
              )
              .nonempty(),
            limits: z.strictObject({
              payment: zRupees.optional(),
              month: zRupees.optional(),
              year: zRupees.optional(),
            }),
            base: z.enum(['whole', 'excess']),
          }),
        )
        .nonempty(),
    }),
  ),
});
type File = z.infer<typeof zFile>;
type Period = File['natures'][number]['periods'][number];

/** `shared/domain/tax/tds-rules.gen.ts` from `resources/tax/tds.json`. @throws when the data is not sound: gaps, rows without a source, … */
export function tdsRulesModule(text: string = readTaxFile(source)): string {
  const file = zFile.parse(JSON.parse(text));
  checkSpans('without PAN', file.withoutPan, file.sources);
  checkSource('salary', file.salary.source, file.sources);
  for (const { nature, periods } of file.natures) {
    checkSpans(nature, periods, file.sources);
    for (const period of periods) checkPeriod(nature, period);
  }
  const names = file.natures.map(({ nature }) => nature);
  if (new Set(names).size !== names.length) throw new Error('a nature of payment is there twice');
  return [
    `// Made by \`npm run generate\` from ${source}; do not edit.`,
    '',
    `export const tdsRulesVersion = '${file.version}';`,
    '',
    '/** What a payment is for, as the sections on TDS divide it. */',
    `export const tdsNatures = ${literal(names)} as const;`,
    '',
    '/** The payment codes of salaries; their rates are those of the slabs. */',
    `export const salaryCodes: readonly string[] = ${literal(file.salary.codes)};`,
    '',
    '/** Rates in basis points, limits in paise; `to` is null while a row is in force. */',
    'export const tdsPeriods = {',
    ...file.natures.flatMap(({ nature, periods }) => [
      `  ${nature}: [`,
      ...periods.map((period) => `    ${periodText(period)},`),
      '  ],',
    ]),
    '} as const;',
    '',
    'export const withoutPan = [',
    ...file.withoutPan.map(({ from, to, percent, goodsPercent, source: by }) => {
      const rates = { basisPoints: pointsOf(percent), goodsBasisPoints: pointsOf(goodsPercent) };
      return `  ${literal({ from, to, ...rates, source: by })},`;
    }),
    '] as const;',
    '',
  ].join('\n');
}

function checkPeriod(nature: string, { from, rates, limits, base }: Period): void {
  const payees = rates.map(({ payee }) => payee);
  if (new Set(payees).size !== payees.length || !payees.includes('other')) throw new Error(`${nature} ${from}: payees`);
  if (base === 'excess' && (limits.year === undefined || limits.month !== undefined || limits.payment !== undefined)) {
    throw new Error(`${nature} ${from}: what exceeds is counted from a limit of the year`);
  }
}

function periodText({ from, to, section, rates, limits, base, source: by }: Period): string {
  const limit = (rupees: string | undefined): bigint | null => (rupees === undefined ? null : paiseOf(rupees));
  return literal({
    ...{ from, to, section, base },
    ...{ perPayment: limit(limits.payment), perMonth: limit(limits.month), perYear: limit(limits.year) },
    rates: rates.map(({ payee, percent, code }) => ({ payee, basisPoints: pointsOf(percent), code })),
    source: by,
  });
}
