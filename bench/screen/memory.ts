import { readdirSync, readFileSync } from 'node:fs';

/** A process and all that it started, itself first. Linux only; elsewhere itself alone. */
export function familyOf(pid: number): number[] {
  const children = new Map<number, number[]>();
  if (process.platform !== 'linux') return [pid];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const stat = readOrNull(`/proc/${name}/stat`);
    // The command stands in brackets and may hold anything; the parent comes second after it.
    const parent = Number(stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? Number.NaN);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const family = [pid];
  for (const member of family) family.push(...(children.get(member) ?? []));
  return family;
}

/** MiB of memory that the processes hold together; what several of them share is counted once. */
export function sharedOutMiB(pids: readonly number[]): number {
  let total = 0;
  for (const pid of pids) {
    const rollup = readOrNull(`/proc/${pid}/smaps_rollup`);
    total += Number(/^Pss:\s+(\d+) kB/m.exec(rollup ?? '')?.[1] ?? 0);
  }
  return total / 1024;
}

/** Null when the process has ended in between. */
function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
