import { z } from 'zod';
import { gstStates } from '../../shared/domain/identity/gst-states.ts';
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

const source = 'resources/tax/calendar.json';

const zName = z.string().regex(/^[a-z][a-z0-9_]*$/);
const zDay = z.int().min(1).max(31);
const zMonths = z.int().min(0).max(12);
/** A day that the month does not have is its last one; `OfMarch` and `AfterMarch` are for periods that end in March. */
const zDue = z.strictObject({
  monthsAfter: zMonths,
  day: zDay,
  dayOfMarch: zDay.optional(),
  monthsAfterMarch: zMonths.optional(),
  dayOfGroup: z.record(zName, zDay).optional(),
});
const zFile = z.strictObject({
  version: zDate,
  sources: zSources,
  stateGroups: z.array(
    z.strictObject({ group: zName, states: z.array(z.string()).nonempty(), source: z.string().min(5) }),
  ),
  duties: z.array(
    z.strictObject({
      duty: zName,
      of: z.enum(['gst', 'gst_monthly', 'gst_quarterly', 'gst_tds', 'tds']),
      every: z.enum(['month', 'month_not_last_of_quarter', 'quarter', 'year']),
      rows: z.array(zSpan.extend({ due: zDue })).nonempty(),
    }),
  ),
  interest: z.array(
    z.strictObject({
      of: zName,
      per: z.enum(['month', 'year']),
      rows: z.array(zSpan.extend({ percent: zPercent })).nonempty(),
    }),
  ),
  fees: z.array(
    z.strictObject({
      of: zName,
      rows: z
        .array(
          zSpan.extend({
            perDay: zRupees,
            nilPerDay: zRupees,
            most: z.union([
              z.literal('tax'),
              z.array(z.strictObject({ turnoverUpTo: zRupees.nullable(), rupees: zRupees })).nonempty(),
            ]),
            nilMost: zRupees.optional(),
          }),
        )
        .nonempty(),
    }),
  ),
});
type File = z.infer<typeof zFile>;

/** `shared/domain/tax/calendar.gen.ts` from `resources/tax/calendar.json`. @throws when the data is not sound */
export function taxCalendarModule(text: string = readTaxFile(source)): string {
  const file = zFile.parse(JSON.parse(text));
  checkGroups(file);
  for (const { duty, of, rows } of file.duties) checkSpans(`${duty} of ${of}`, rows, file.sources);
  for (const { of, rows } of file.interest) checkSpans(`interest ${of}`, rows, file.sources);
  for (const { of, rows } of file.fees) checkSpans(`fee ${of}`, rows, file.sources);
  const duties = [...new Set(file.duties.map(({ duty }) => duty))];
  return [
    `// Made by \`npm run generate\` from ${source}; do not edit.`,
    '',
    `export const taxCalendarVersion = '${file.version}';`,
    '',
    '/** What has to be given or paid by a day. */',
    `export const duties = ${literal(duties)} as const;`,
    '',
    '/** The states whose quarterly returns are due on one day. */',
    'export const stateGroups = {',
    ...file.stateGroups.map(({ group, states }) => `  ${group}: ${literal(states)},`),
    '} as const;',
    '',
    'export const dutyRules = [',
    ...file.duties.flatMap(({ duty, of, every, rows }) =>
      rows.map(
        ({ from, to, due, source: by }) => `  ${literal({ duty, of, every, from, to, due: dueOf(due), source: by })},`,
      ),
    ),
    '] as const;',
    '',
    '/** Rates in basis points. */',
    'export const interestRules = [',
    ...file.interest.flatMap(({ of, per, rows }) =>
      rows.map(
        ({ from, to, percent, source: by }) =>
          `  ${literal({ of, per, from, to, basisPoints: pointsOf(percent), source: by })},`,
      ),
    ),
    '] as const;',
    '',
    '/** Paise by the day, and at most. */',
    'export const feeRules = [',
    ...file.fees.flatMap(({ of, rows }) => rows.map((row) => `  ${literal({ of, ...feeOf(row) })},`)),
    '] as const;',
    '',
  ].join('\n');
}

/** Each state of GST is in one group, but for those where nobody is registered by a place. */
function checkGroups({ stateGroups, sources, duties }: File): void {
  const grouped = stateGroups.flatMap(({ states }) => states);
  const wanted = Object.keys(gstStates).filter((code) => code !== '96' && code !== '99');
  if ([...grouped].sort().join() !== wanted.sort().join()) throw new Error('each state is in one group');
  for (const { group, source: by } of stateGroups) checkSource(group, by, sources);
  const names = new Set(stateGroups.map(({ group }) => group));
  for (const { rows } of duties) {
    for (const { due } of rows) {
      for (const group of Object.keys(due.dayOfGroup ?? {}))
        if (!names.has(group)) throw new Error(`no group ${group}`);
    }
  }
}

const dueOf = ({ monthsAfter, day, dayOfMarch, monthsAfterMarch, dayOfGroup }: z.infer<typeof zDue>) => ({
  ...{ monthsAfter, day, dayOfMarch: dayOfMarch ?? day, monthsAfterMarch: monthsAfterMarch ?? monthsAfter },
  dayOfGroup: Object.entries(dayOfGroup ?? {}),
});

function feeOf({ from, to, perDay, nilPerDay, most, nilMost, source: by }: File['fees'][number]['rows'][number]) {
  return {
    ...{ from, to, perDayPaise: paiseOf(perDay), nilPerDayPaise: paiseOf(nilPerDay) },
    most:
      most === 'tax'
        ? most
        : most.map(({ turnoverUpTo, rupees }) => ({
            turnoverUpToPaise: turnoverUpTo === null ? null : paiseOf(turnoverUpTo),
            paise: paiseOf(rupees),
          })),
    nilMostPaise: nilMost === undefined ? null : paiseOf(nilMost),
    source: by,
  };
}
