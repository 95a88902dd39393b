import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Electron marks the place of its fuses in the binary with these bytes, followed by version, count and one state per fuse. */
const FUSE_SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** The states as Electron ships them, in the order of its fuse wire: '1' on, '0' off. */
const SHIPPED_STATES = '10110001';

/**
 * A folder that stands in for Electron's download, so that packaging, fuses and the archive can be checked where the download
 * cannot be had. It holds no program.
 */
export function writeStandInElectron(folder: string, electronVersion: string): void {
  mkdirSync(join(folder, 'resources'), { recursive: true });
  const wire = Buffer.concat([
    Buffer.from(FUSE_SENTINEL),
    Buffer.from([1, SHIPPED_STATES.length]),
    Buffer.from(SHIPPED_STATES),
  ]);
  const binary = join(folder, 'electron');
  writeFileSync(binary, Buffer.concat([Buffer.alloc(4096), wire, Buffer.alloc(4096)]));
  chmodSync(binary, 0o755);
  writeFileSync(join(folder, 'version'), electronVersion);
  writeFileSync(join(folder, 'LICENSE'), 'stand-in');
  writeFileSync(join(folder, 'LICENSES.chromium.html'), 'stand-in');
}
