import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { MunimError } from '../../shared/kernel/errors.ts';
import { startHeadlessDesk } from './headless.ts';

/** `node electron/composition/headless-main.ts --data DIR [--port N] [--renderer DIR] [--ca FILE]` prints the address to open. */
const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '0' },
    renderer: { type: 'string', default: path.join(root, 'dist', 'loopback') },
    ca: { type: 'string' },
  },
});
if (values.data === undefined || !/^\d+$/.test(values.port)) {
  console.error('usage: headless-main --data DIR [--port N] [--renderer DIR] [--ca FILE]');
  process.exit(2);
}

try {
  const headless = await startHeadlessDesk({
    dataDir: path.resolve(values.data),
    rendererDir: path.resolve(values.renderer),
    port: Number(values.port),
    caPem: values.ca === undefined ? undefined : fs.readFileSync(values.ca, 'utf8'),
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
