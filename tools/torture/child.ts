import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const workload = path.join(path.dirname(fileURLToPath(import.meta.url)), 'workload.ts');

export interface ChildArguments {
  readonly scenario: string;
  readonly dir: string;
  readonly acknowledgedFile: string;
  readonly template: string;
  readonly extra?: string;
}

/** One life of the workload process, heard line by line. Acknowledgements are kept in the file as they come. */
export class Life {
  readonly lines: string[] = [];
  phase = 'start';
  readonly ended: Promise<number | null>;
  readonly #child: ChildProcess;
  #waiters: (() => void)[] = [];
  #isOver = false;

  constructor(args: ChildArguments) {
    fs.closeSync(fs.openSync(args.acknowledgedFile, 'a'));
    const { scenario, dir, acknowledgedFile, template, extra = '' } = args;
    const child = spawn(process.execPath, [workload, scenario, dir, acknowledgedFile, template, extra], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#child = child;
    let rest = '';
    child.stdout.on('data', (chunk) => {
      const parts = `${rest}${String(chunk)}`.split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) this.#hear(line, acknowledgedFile);
    });
    this.ended = new Promise((resolve) => {
      child.on('close', (code) => {
        this.#isOver = true;
        this.#wake();
        resolve(code);
      });
    });
  }

  #hear(line: string, acknowledgedFile: string): void {
    if (/^(entry|batch|load) /.test(line)) fs.appendFileSync(acknowledgedFile, `${line}\n`);
    else this.lines.push(line);
    if (line.startsWith('phase ')) this.phase = line.slice('phase '.length);
    this.#wake();
  }

  #wake(): void {
    for (const waiter of this.#waiters.splice(0)) waiter();
  }

  /** Waits for a line with this beginning, or the end of the process. @returns the line, or null */
  async until(beginning: string): Promise<string | null> {
    for (;;) {
      const line = this.lines.find((heard) => heard.startsWith(beginning));
      if (line !== undefined || this.#isOver) return line ?? null;
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    }
  }

  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  /** What the process found wrong with the books, or why it could not open them. */
  problems(): string[] {
    return this.lines.filter((line) => line.startsWith('fault ') || line.startsWith('refused '));
  }
}
