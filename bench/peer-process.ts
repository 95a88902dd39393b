import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runNpm } from '../tools/setup/npm.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));

export interface PeerAnswer {
  readonly ms: number;
  readonly rows: number;
  readonly rssBytes: number;
}

/** The process with the other database; it measures itself, so that talking to it costs it nothing. */
export interface Peer {
  ask(request: Readonly<Record<string, unknown>>): Promise<PeerAnswer>;
  close(): Promise<void>;
}

/**
 * Finds a Node that runs the native module: this one, or the one that npm built it for (where only the system's own headers were at
 * hand). Installs `bench/package.json` first when that was never done; the build may need the network for its headers.
 */
function nodeForPeer(): string {
  if (!existsSync(path.join(here, 'node_modules'))) runNpm(['install'], here);
  const candidates = [
    process.execPath,
    ...(process.env.PATH ?? '').split(path.delimiter).map((dir) => path.join(dir, 'node')),
  ];
  const probe = 'import("better-sqlite3").then((m) => new m.default(":memory:"))';
  const fit = candidates.find(
    (node) => existsSync(node) && spawnSync(node, ['--input-type=module', '-e', probe], { cwd: here }).status === 0,
  );
  if (fit === undefined) {
    throw new Error(
      'better-sqlite3 could not be built or loaded. Run "npm install" in bench/ and look at what it says; a compiler and the headers of Node (from the network, or by npm\'s setting nodedir) are needed.',
    );
  }
  return fit;
}

export function startPeer(file: string, program = path.join(here, 'peer.mjs')): Peer {
  const child: ChildProcess = spawn(nodeForPeer(), [program, file], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('the peer has no pipes');
  const waiting: { resolve(answer: PeerAnswer): void; reject(error: Error): void }[] = [];
  createInterface({ input: stdout }).on('line', (line) => waiting.shift()?.resolve(JSON.parse(line) as PeerAnswer));
  const exited = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`the peer ended with ${code}`));
      resolve();
    });
  });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        stdin.write(`${JSON.stringify(request)}\n`);
      }),
    async close() {
      stdin.end();
      await exited;
    },
  };
}
