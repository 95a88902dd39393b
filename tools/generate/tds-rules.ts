import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { addDays, isIsoDate } from '../../shared/kernel/dates.ts';
import { parseRupees } from '../../shared/kernel/money.ts';
import { projectRoot } from '../run.ts';

const source = 'resources/tax/tds.json';

const zDate = z.string().refine(isIsoDate, 'no day of the calendar');
const zPercent = z.string().regex(/^\d{1,2}(?:\.\d{1,2})?$/, 'a percentage with at most two decimals');
const zRupees = z.string().regex(/^\d+$/, 'whole rupees');
/** `to` is null while a row is in force. */
const zSpan = z.strictObject({ from: zDate, to: zDate.nullable(), source: z.string().min(5) });
const zFile = z.strictObject({
  version: zDate,
  sources: z.record(z.string(), z.string()),
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
export function tdsRulesModule(text: string = readFileSync(join(projectRoot, source), 'utf8')): string {
  const file = zFile.parse(JSON.parse(text));
  checkSpans('without PAN', file.withoutPan, file.sources);
  checkSpans('salary', [file.salary], file.sources);
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
    `export const tdsNatures = [${names.map((name) => `'${name}'`).join(', ')}] as const;`,
    '',
    '/** The payment codes of salaries; their rates are those of the slabs. */',
    `export const salaryCodes: readonly string[] = [${file.salary.codes.map((code) => `'${code}'`).join(', ')}];`,
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
    ...file.withoutPan.map(
      ({ from, to, percent, goodsPercent, source: by }) =>
        `  { from: '${from}', to: ${quoted(to)}, basisPoints: ${points(percent)}n, goodsBasisPoints: ${points(goodsPercent)}n, source: ${quoted(by)} },`,
    ),
    '] as const;',
    '',
  ].join('\n');
}

/** Every day has one row from the first on, every source is a known one. */
function checkSpans(name: string, spans: readonly z.infer<typeof zSpan>[], sources: File['sources']): void {
  for (const [at, { from, to, source: by }] of spans.entries()) {
    const next = spans[at + 1];
    if (to !== null && to < from) throw new Error(`${name}: ${from} ends before it begins`);
    if ((to === null) !== (next === undefined)) throw new Error(`${name}: only the last row is without an end`);
    if (to !== null && next !== undefined && addDays(to, 1) !== next.from)
      throw new Error(`${name}: no row follows ${to}`);
    if (!Object.hasOwn(sources, by.split(' ')[0] ?? '')) throw new Error(`${name}: ${by} begins with no known source`);
  }
}

function checkPeriod(nature: string, { from, rates, limits, base }: Period): void {
  const payees = rates.map(({ payee }) => payee);
  if (new Set(payees).size !== payees.length || !payees.includes('other')) throw new Error(`${nature} ${from}: payees`);
  if (base === 'excess' && (limits.year === undefined || limits.month !== undefined || limits.payment !== undefined)) {
    throw new Error(`${nature} ${from}: what exceeds is counted from a limit of the year`);
  }
}

function periodText({ from, to, section, rates, limits, base, source: by }: Period): string {
  const rateTexts = rates.map(
    ({ payee, percent, code }) => `{ payee: '${payee}', basisPoints: ${points(percent)}n, code: ${quoted(code)} }`,
  );
  const limit = (rupees: string | undefined): string => (rupees === undefined ? 'null' : `${paiseOf(rupees)}n`);
  return `{ from: '${from}', to: ${quoted(to)}, section: '${section}', base: '${base}', perPayment: ${limit(limits.payment)}, perMonth: ${limit(limits.month)}, perYear: ${limit(limits.year)}, rates: [${rateTexts.join(', ')}], source: ${quoted(by)} }`;
}

/** Percentages and rupees have the same two decimals. */
const points = (percent: string): bigint => paiseOf(percent);

function paiseOf(text: string): bigint {
  const read = parseRupees(text);
  if (!read.ok) throw new Error(`${text}: ${read.error}`);
  return read.value;
}

const quoted = (text: string | null): string => (text === null ? 'null' : `'${text.replaceAll("'", "\\'")}'`);
