import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type BankCodes, packBranches } from '../../shared/domain/identity/ifsc-list.ts';
import { projectRoot } from '../run.ts';

/**
 * Makes `resources/ifsc/ifsc.json` anew from the npm package `ifsc`, unpacked: `npm pack ifsc && tar xzf ifsc-*.tgz`, then
 * `node tools/ifsc/main.ts package`.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node tools/ifsc/main.ts <folder of the unpacked package ifsc>');
  process.exit(2);
}
const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const zNames = z.record(z.string(), z.string());
const codes = z
  .record(z.string().regex(/^[A-Z]{4}$/), z.array(z.union([z.int(), z.string()])))
  .parse(read('src', 'IFSC.json'));
const names = zNames.parse(read('src', 'banknames.json'));
const members = { ...zNames.parse(read('src', 'custom-sublets.json')), ...zNames.parse(read('src', 'sublet.json')) };
const { version } = z.object({ version: z.string() }).parse(read('package.json'));

const byKey = ([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number =>
  one < other ? -1 : 1;
const banks = Object.entries(codes)
  .sort(byKey)
  .map(([bank, branches]): [string, BankCodes] => [
    bank,
    { name: names[bank] ?? null, branches: packBranches(branches.map((one) => String(one).padStart(6, '0'))) },
  ]);
const named = Object.entries(members)
  .sort(byKey)
  .flatMap(([code, bank]): [string, string][] => {
    const name = names[bank];
    return name === undefined ? [] : [[code, name]];
  });
const data = {
  source: `razorpay/ifsc ${version}`,
  banks: Object.fromEntries(banks),
  members: Object.fromEntries(named),
};
const file = join(projectRoot, 'resources', 'ifsc', 'ifsc.json');
writeFileSync(file, `${JSON.stringify(data, null, 1)}\n`);
const count = Object.values(codes).reduce((sum, { length }) => sum + length, 0);
console.log(`${count} codes of ${banks.length} banks`);
