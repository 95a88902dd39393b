import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { type Engine, type EngineOptions, openEngine } from './open.ts';
import { buildTemplate } from './template.ts';
import { pgliteVersion } from './version.ts';

/** A template shared by all tests of this machine and user; made once, then opening a fresh database takes half a second. */
export async function testTemplate(): Promise<string> {
  const user = process.getuid?.() ?? 'user';
  const dir = path.join(os.tmpdir(), `munim-test-template-${user}-${pgliteVersion}`);
  await buildTemplate({ dir });
  return dir;
}

/** A fresh empty folder and the function that removes it. */
export function testFolder(): { readonly folder: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'munim-test-'));
  return { folder, remove: () => fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

export interface TestEngine {
  readonly engine: Engine;
  /** What the guard reported; a test that expects none should check that it is empty. */
  readonly poisons: string[];
  readonly lines: string[];
}

/** Opens a real engine on disk from the shared template. Poison is collected instead of ending the test process. */
export async function openTestEngine(dir: string, options: Partial<EngineOptions> = {}): Promise<TestEngine> {
  const poisons: string[] = [];
  const lines: string[] = [];
  const engine = await openEngine({
    templateDir: await testTemplate(),
    onPoison: (reason) => poisons.push(reason),
    log: (line) => lines.push(line),
    ...options,
    dir,
  });
  return { engine, poisons, lines };
}
