import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { projectRoot } from '../run.ts';
import { Control, help } from './control.ts';
import { serveControl } from './control-server.ts';
import { Sandbox } from './sandbox.ts';

/**
 * `npm run sandbox -- [--data DIR] [--port N] [--server URL [--server-ca FILE]] [--settle-after SECONDS]`: banks to rehearse with, no credentials
 * needed. See docs/connectors-sandbox.md.
 */
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: join(projectRoot, '.data', 'sandbox') },
    port: { type: 'string', default: '9700' },
    server: { type: 'string' },
    'server-ca': { type: 'string' },
    'settle-after': { type: 'string' },
  },
});
const settleAfter = values['settle-after'];
const isNumber = (text: string): boolean => /^\d{1,5}$/.test(text);
if (!isNumber(values.port) || (settleAfter !== undefined && !isNumber(settleAfter))) {
  console.error('usage: sandbox [--data DIR] [--port N] [--server URL [--server-ca FILE]] [--settle-after SECONDS]');
  process.exit(2);
}
const port = Number(values.port);
const caFile = values['server-ca'];

try {
  const sandbox = await Sandbox.start({
    dataDir: resolve(values.data),
    port: port === 0 ? 0 : port + 1,
    settleAfterMs: settleAfter === undefined ? null : Number(settleAfter) * 1_000,
  });
  const server = values.server?.replace(/\/$/, '') ?? null;
  const serverCa = caFile === undefined ? null : readFileSync(caFile, 'utf8');
  const control = new Control(sandbox, { server, serverCa });
  const door = await serveControl(control, port);
  const lines = createInterface({ input: process.stdin });

  let isEnding = false;
  const end = async (): Promise<void> => {
    if (isEnding) return;
    isEnding = true;
    lines.close();
    await door.close();
    await sandbox.stop();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void end());

  console.log(
    `${sandbox.table()}\n\nEverything to enter is in ${resolve(values.data)}; the passphrase of its key files stands in the .json.`,
  );
  console.log(`\n${help}\n\nready ${door.url}`);
  // Without somebody at the keyboard the lines come over HTTP only.
  lines.on('line', (line) => {
    if (line.trim() === 'quit') return void end();
    control
      .run(line)
      .then(console.log, (thrown: unknown) => console.log(thrown instanceof Error ? thrown.message : thrown));
  });
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(1);
}
