// Stands in front of every npm script that needs Node 24. `npm run` puts node_modules/.bin first on the path, where the `node`
// package of this project lies; after `npm ci --ignore-scripts` that file is missing and the system's Node would run unnoticed.
import { existsSync } from 'node:fs';
import { checkNode } from './setup/node24.mjs';

const installed = existsSync(new URL('../node_modules/.package-lock.json', import.meta.url));
const refusal = installed
  ? checkNode(process.version)
  : 'The packages of Munim are not installed yet. Run "npm start" or "npm test" once; they install them.';
if (refusal !== null) {
  process.stderr.write(`${refusal}\n`);
  process.exit(1);
}
