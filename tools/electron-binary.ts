import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot, run } from './run.ts';

const packageDir = join(projectRoot, 'node_modules', 'electron');
const failureMark = join(projectRoot, 'node_modules', '.cache', 'munim-electron-unreachable');
const PROBE_MS = 4_000;
const DOWNLOAD_MS = 15 * 60_000;
const FAILURE_KEPT_MS = 24 * 60 * 60_000;

export type ElectronBinary = { readonly path: string } | { readonly reason: string };

/**
 * Electron's program. npm brings only its package; the binary comes from GitHub (or the mirror the machine is set to) when it is
 * first wanted. Whether that place answers is asked first, and a failure is remembered for a day, so that a start without that
 * route stays quick.
 */
export async function electronBinary(): Promise<ElectronBinary> {
  const unfit = unfitMachine();
  if (unfit !== null) return { reason: unfit };
  const installed = installedPath();
  if (installed !== null) return { path: installed };
  if (failedLately()) return { reason: 'its download could not be reached today' };
  const mirror = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  if (!(await answers(mirror))) return rememberFailure(`${new URL(mirror).host} does not answer`);
  if (!(await run(process.execPath, [join(packageDir, 'install.js')], { timeoutMs: DOWNLOAD_MS }))) {
    return rememberFailure('its download failed');
  }
  const path = installedPath();
  return path === null ? rememberFailure('its download is incomplete') : { path };
}

function unfitMachine(): string | null {
  if (!hasDisplay()) return 'there is no display';
  // Electron's sandbox refuses root, and the desk never runs without it.
  return process.getuid?.() === 0 ? 'it does not run as root' : null;
}

/** Whether a window can be shown: macOS and Windows always have a screen to offer. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return [process.env.DISPLAY, process.env.WAYLAND_DISPLAY].some((display) => display !== undefined && display !== '');
}

function installedPath(): string | null {
  const pointer = join(packageDir, 'path.txt');
  if (!existsSync(pointer)) return null;
  const path = join(packageDir, 'dist', readFileSync(pointer, 'utf8').trim());
  return existsSync(path) ? path : null;
}

const failedLately = (): boolean =>
  Date.now() - (statSync(failureMark, { throwIfNoEntry: false })?.mtimeMs ?? 0) < FAILURE_KEPT_MS;

function rememberFailure(reason: string): ElectronBinary {
  mkdirSync(dirname(failureMark), { recursive: true });
  writeFileSync(failureMark, reason);
  return { reason };
}

async function answers(address: string): Promise<boolean> {
  try {
    await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(PROBE_MS) });
    return true;
  } catch {
    return false;
  }
}
