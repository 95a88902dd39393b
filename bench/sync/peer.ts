import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../../tools/setup/npm.mjs';
import { type LineChild, lineChild } from './line-child.ts';

const here = path.dirname(fileURLToPath(import.meta.url));

export interface PeerRun {
  readonly ms: number;
  readonly documents: number;
}

const start = <Ready>(args: readonly string[]): Promise<LineChild<Ready>> =>
  lineChild(process.execPath, ['--expose-gc', path.join(here, 'peer.mjs'), ...args], { cwd: here });

/** PouchDB's server and one desk of it, each in a process of its own; installed by the first run. */
export async function startPeers(dir: string, documents: string) {
  if (!existsSync(path.join(here, 'node_modules'))) runNpm(['install', '--ignore-scripts'], here);
  const server = await start<{ readonly url: string }>(['server', path.join(dir, 'server')]);
  const client = await start(['client', path.join(dir, 'client'), server.ready.url, documents]);
  return { server, client };
}
