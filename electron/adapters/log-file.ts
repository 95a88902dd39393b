import fs from 'node:fs';
import path from 'node:path';
import type { Clock } from '../../shared/ports/clock.ts';

const FILE_BYTES_MAX = 4 * 1024 * 1024;
const FILES_KEPT = 3;

export type LogLine = Readonly<Record<string, unknown>> & { readonly what: string };

export interface LogFile {
  write(line: LogLine): void;
}

/**
 * A log of JSON lines, a few files long. Lines are written at once, since the interesting ones come right before a process ends. A full
 * disk must not take the desk down, so a line that cannot be written is dropped.
 * @param redact takes out what must not be written
 */
export function openLogFile(folder: string, name: string, clock: Clock, redact: (value: unknown) => unknown): LogFile {
  const file = path.join(folder, `${name}.log`);
  fs.mkdirSync(folder, { recursive: true });
  return {
    write: (line) => {
      try {
        rotate(file);
        const text = JSON.stringify({ at: new Date(clock.now()).toISOString(), ...(redact(line) as object) });
        fs.appendFileSync(file, `${text}\n`, { mode: 0o600 });
      } catch {
        // See above.
      }
    },
  };
}

function rotate(file: string): void {
  const size = fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size < FILE_BYTES_MAX) return;
  for (let number = FILES_KEPT - 1; number >= 1; number--) {
    const older = number === 1 ? file : `${file}.${number - 1}`;
    if (fs.existsSync(older)) fs.renameSync(older, `${file}.${number}`);
  }
}
