// Stands in front of every npm script that needs Node 24. `npm run` puts node_modules/.bin first on the path, where the `node`
// package of this project lies; after `npm ci --ignore-scripts` that file is missing and the system's Node would run unnoticed.
import { checkNode } from './setup/node24.mjs';

const refusal = checkNode(process.version);
if (refusal !== null) {
  process.stderr.write(`${refusal}\n`);
  process.exit(1);
}
