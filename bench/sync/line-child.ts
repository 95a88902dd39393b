import { type SpawnOptions, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process that says one JSON line when it is ready and answers each JSON line on its standard input with one more. */
export interface LineChild<Ready> {
  readonly ready: Ready;
  ask<Answer>(request: Readonly<Record<string, unknown>>): Promise<Answer>;
  close(): Promise<void>;
}

export async function lineChild<Ready>(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Promise<LineChild<Ready>> {
  const child = spawn(command, [...args], { ...options, stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = child;
  if (!stdin || !stdout) throw new Error('the process has no pipes');
  const waiting: { resolve(answer: unknown): void; reject(problem: Error): void }[] = [];
  const next = <Answer>(): Promise<Answer> =>
    new Promise((resolve, reject) => waiting.push({ resolve: (answer) => resolve(answer as Answer), reject }));
  const first = next<Ready>();
  createInterface({ input: stdout }).on('line', (line) => {
    if (line.startsWith('{')) waiting.shift()?.resolve(JSON.parse(line));
  });
  const exited = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      for (const { reject } of waiting.splice(0)) reject(new Error(`${args.join(' ')} ended with ${code}`));
      resolve();
    });
  });
  const ready = await first;
  return {
    ready,
    ask: (request) => {
      const answer = next<never>();
      stdin.write(`${JSON.stringify(request)}\n`);
      return answer;
    },
    close: async () => {
      stdin.end();
      await exited;
    },
  };
}
