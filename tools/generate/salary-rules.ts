import { z } from 'zod';
import {
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

const source = 'resources/tax/salary.json';

/** Up to which income, and at what percentage; the last step has no end. */
const zSteps = z.array(z.tuple([zRupees.nullable(), zPercent])).nonempty();
const zFile = z.strictObject({
  version: zDate,
  sources: zSources,
  cess: z.array(zSpan.extend({ percent: zPercent })).nonempty(),
  regimes: z.array(
    z.strictObject({
      regime: z.enum(['new', 'old']),
      age: z.enum(['any', 'below_60', 'from_60', 'from_80']),
      rows: z
        .array(
          zSpan.extend({
            standardDeduction: zRupees,
            slabs: zSteps,
            rebate: z.strictObject({ incomeUpTo: zRupees, most: zRupees, hasMarginalRelief: z.boolean() }),
            surcharge: zSteps,
          }),
        )
        .nonempty(),
    }),
  ),
});
type Row = z.infer<typeof zFile>['regimes'][number]['rows'][number];

/** `shared/domain/tax/salary-rules.gen.ts` from `resources/tax/salary.json`. @throws when the data is not sound */
export function salaryRulesModule(text: string = readTaxFile(source)): string {
  const { version, sources, cess, regimes } = zFile.parse(JSON.parse(text));
  checkSpans('cess', cess, sources);
  for (const { regime, age, rows } of regimes) {
    checkSpans(`${regime} ${age}`, rows, sources);
    for (const { from, slabs, surcharge } of rows) {
      checkSteps(`slabs of ${regime} ${age} ${from}`, slabs);
      checkSteps(`surcharge of ${regime} ${age} ${from}`, surcharge);
    }
  }
  return [
    `// Made by \`npm run generate\` from ${source}; do not edit.`,
    '',
    `export const salaryRulesVersion = '${version}';`,
    '',
    'export const cessRules = [',
    ...cess.map(({ percent, ...row }) => `  ${literal({ ...row, basisPoints: pointsOf(percent) })},`),
    '] as const;',
    '',
    '/** Amounts in paise, rates in basis points. */',
    'export const regimeRules = [',
    ...regimes.flatMap(({ regime, age, rows }) => rows.map((row) => `  ${literal({ regime, age, ...rowOf(row) })},`)),
    '] as const;',
    '',
  ].join('\n');
}

function checkSteps(name: string, steps: z.infer<typeof zSteps>): void {
  for (const [at, [upTo, percent]] of steps.entries()) {
    const next = steps[at + 1];
    if ((upTo === null) !== (next === undefined)) throw new Error(`${name}: only the last step is without an end`);
    if (next === undefined) continue;
    const isRising =
      (next[0] === null || paiseOf(next[0]) > paiseOf(upTo ?? '0')) && pointsOf(next[1]) > pointsOf(percent);
    if (!isRising) throw new Error(`${name}: ${upTo} is not followed by more`);
  }
}

const stepsOf = (steps: z.infer<typeof zSteps>) =>
  steps.map(([upTo, percent]) => ({ upToPaise: upTo === null ? null : paiseOf(upTo), basisPoints: pointsOf(percent) }));

const rowOf = ({ from, to, standardDeduction, slabs, rebate, surcharge, source: by }: Row) => ({
  ...{ from, to, standardDeductionPaise: paiseOf(standardDeduction), slabs: stepsOf(slabs) },
  rebate: {
    incomeUpToPaise: paiseOf(rebate.incomeUpTo),
    mostPaise: paiseOf(rebate.most),
    hasMarginalRelief: rebate.hasMarginalRelief,
  },
  surcharge: stepsOf(surcharge),
  source: by,
});
