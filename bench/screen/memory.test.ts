import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { familyOf, sharedOutMiB } from './memory.ts';

it.runIf(process.platform === 'linux')(
  'weighs a process with what it started, and not one that has ended',
  async () => {
    const grown = 'const held = Buffer.alloc(64 << 20, 1); console.log("grown"); setInterval(() => held, 1e6)';
    const child = spawn(process.execPath, ['-e', grown], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    const pid = child.pid ?? 0;
    const family = familyOf(process.pid);
    expect(family[0]).toBe(process.pid);
    expect(family).toContain(pid);
    expect(sharedOutMiB([pid])).toBeGreaterThan(64);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(familyOf(process.pid)).not.toContain(pid);
    expect(sharedOutMiB([pid])).toBe(0);
  },
);
