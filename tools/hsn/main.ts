import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { HsnData } from '../../shared/domain/tax/hsn-list.ts';
import { projectRoot } from '../run.ts';
import { byHeading } from './by-heading.ts';

/**
 * Makes `resources/hsn/hsn.json` anew from the npm package `@scrrum-labs/gst-india-utils`, unpacked: `npm pack @scrrum-labs/gst-india-utils
 * && tar xzf scrrum-labs-*.tgz`, then `node tools/hsn/main.ts package`.
 */
const [folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node tools/hsn/main.ts <folder of the unpacked package>');
  process.exit(2);
}
const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
const zCode = z.union([z.int(), z.string()]).transform(String);
const goods = z.array(z.object({ hsn_code: zCode, Description: z.string() })).parse(read('dist', 'hsn.json'));
const services = z.array(z.object({ hsn: zCode, description: z.string() })).parse(read('dist', 'sac.json'));
const { version } = z.object({ version: z.string() }).parse(read('package.json'));

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
const codes = new Map(goods.map(({ hsn_code, Description }) => [hsn_code.padStart(8, '0'), plain(Description)]));
const data: HsnData = {
  source: `@scrrum-labs/gst-india-utils ${version}`,
  goods: byHeading(codes),
  services: Object.fromEntries(
    services
      .map(({ hsn, description }): [string, string] => [hsn, plain(description)])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  ),
};
writeFileSync(join(projectRoot, 'resources', 'hsn', 'hsn.json'), `${JSON.stringify(data, null, 1)}\n`);
console.log(
  `${codes.size} codes of goods under ${Object.keys(data.goods).length} headings, ${services.length} of services`,
);
