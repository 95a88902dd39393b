import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Engine } from './engine.ts';
import { type EngineOptions, openEngine } from './open.ts';
import { buildTemplate, migrationsHash } from './template.ts';
import { pgliteVersion } from './version.ts';

/** Room that must be free, as memory and in the folder that lies in it: books of a dozen servers and desks at once, and the tests themselves. */
const memoryFreeMinBytes = 6 * 1024 ** 3;
const memoryFolder = '/dev/shm';

/**
 * Where the files of tests that mind no disk may lie: in memory, where there is enough of it, else with the other temporary files. A
 * data directory has a thousand files, and making and removing them on a disk took most of the time of the tests. `MUNIM_TEST_DIR`
 * names another folder.
 */
export function quickFolder(): string {
  const given = process.env.MUNIM_TEST_DIR;
  if (given !== undefined && given !== '') return given;
  return process.platform === 'linux' && hasRoom(memoryFolder) ? memoryFolder : os.tmpdir();
}

function hasRoom(folder: string): boolean {
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(folder);
    return Math.min(bavail * bsize, os.freemem()) >= memoryFreeMinBytes;
  } catch {
    return false;
  }
}

/**
 * A template shared by all tests of this machine and user; made once, then opening a fresh database takes half a second. With the
 * folder of migrations it has them applied, which saves each test another half.
 */
export async function testTemplate(migrationsDir?: string): Promise<string> {
  const user = process.getuid?.() ?? 'user';
  // Trees with other migrations have other templates, or they would replace each other's under running tests.
  const kind = migrationsDir === undefined ? '' : `-${migrationsHash(migrationsDir).slice(0, 12)}`;
  const dir = path.join(os.tmpdir(), `munim-test-template-${user}-${pgliteVersion}${kind}`);
  await buildTemplate({ dir, migrationsDir });
  return dir;
}

/**
 * A fresh empty folder and the function that removes it.
 * @param where `disk` for tests of what reaches a real disk
 */
export function testFolder(where: 'anywhere' | 'disk' = 'anywhere'): { readonly folder: string; remove(): void } {
  const folder = fs.mkdtempSync(path.join(where === 'disk' ? os.tmpdir() : quickFolder(), 'munim-test-'));
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
