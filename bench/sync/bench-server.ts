import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LineChild, lineChild } from './line-child.ts';

export interface BenchCollege {
  readonly id: string;
  readonly code: string;
  readonly personId: string;
  readonly email: string;
  readonly password: string;
}

export interface BenchDevice {
  readonly deviceId: string;
  /** PKCS#8 DER, base64. */
  readonly privateKey: string;
}

export interface BenchServer {
  readonly url: string;
  readonly colleges: readonly BenchCollege[];
  /** One for each college, with its accountant signed in. */
  readonly senders: readonly BenchDevice[];
  /** Of the first college, with nobody signed in. */
  readonly listeners: readonly BenchDevice[];
}

const program = fileURLToPath(new URL('server-process.ts', import.meta.url));

export function startBenchServer(
  dir: string,
  options: { readonly desks?: number; readonly databaseUrl?: string } = {},
): Promise<LineChild<BenchServer>> {
  mkdirSync(dir, { recursive: true });
  const { desks = 0, databaseUrl } = options;
  return lineChild(process.execPath, [
    '--expose-gc',
    program,
    path.join(dir, 'server'),
    String(desks),
    ...(databaseUrl === undefined ? [] : [databaseUrl]),
  ]);
}
