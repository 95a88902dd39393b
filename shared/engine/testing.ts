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

/** A clock that moves only when told. Timers fall due in order of their time. */
export class ManualClock {
  #now: number;
  #timers: { at: number; run: () => void }[] = [];

  constructor(start = Date.UTC(2026, 3, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }
}
