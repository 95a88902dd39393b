import { parseArgs } from 'node:util';
import { buildTemplate } from '../shared/engine/template.ts';

/** Makes the data directory that first starts copy: `node tools/build-template.ts --out <folder> [--migrations <folder>]`. */
const { values } = parseArgs({ options: { out: { type: 'string' }, migrations: { type: 'string' } } });
if (values.out === undefined) {
  console.error('usage: build-template --out <folder> [--migrations <folder>]');
  process.exit(2);
}
const { built } = await buildTemplate({ dir: values.out, migrationsDir: values.migrations });
console.log(built ? `template made in ${values.out}` : `the template in ${values.out} is up to date`);
