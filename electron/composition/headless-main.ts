import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MunimError } from '../../shared/kernel/errors.ts';
import { startHeadlessDesk } from './headless.ts';
import { recoverDesk } from './recover-desk.ts';

/**
 * `npm run desk -- --data DIR [--port N] [--renderer DIR] [--ca FILE]` prints the address to open. `npm run desk -- recover --data DIR`
 * gives damaged books a second life from the newest good backup and the journal, fetches the rest from the server, and ends.
 */
const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    renderer: { type: 'string', default: path.join(root, 'dist', 'loopback') },
    ca: { type: 'string' },
  },
});
const [command, ...more] = positionals;
const isKnown = more.length === 0 && (command === undefined || command === 'recover');
if (values.data === undefined || !/^\d+$/.test(values.port) || !isKnown) {
  console.error('usage: desk [recover] --data DIR [--port N] [--renderer DIR] [--ca FILE]');
  process.exit(2);
}
const caPem = values.ca === undefined ? undefined : fs.readFileSync(values.ca, 'utf8');

try {
  if (command === 'recover') {
    process.stdout.write(`${await recoverDesk({ dataDir: path.resolve(values.data), caPem })}\n`);
    process.exit(0);
  }
  const headless = await startHeadlessDesk({
    dataDir: path.resolve(values.data),
    rendererDir: path.resolve(values.renderer),
    port: Number(values.port),
    caPem,
  });
  process.stdout.write(`desk ${headless.url}\n`);
  let ending = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void headless.close().finally(() => process.exit(0));
    });
  }
} catch (thrown) {
  console.error(thrown instanceof MunimError ? thrown.message : thrown);
  process.exit(1);
}
