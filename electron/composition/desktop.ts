import path from 'node:path';
import type { ProcessPort } from '../../shared/ports/process-port.ts';
import { systemKeychain } from '../adapters/keychain/choose.ts';
import type { Desk } from '../host/desk.ts';
import { startDesk } from './desk.ts';

export interface DesktopOptions {
  readonly dataDir: string;
  /** Holds `migrations` and `template`. */
  readonly resourcesDir: string;
  readonly spawnLedger: () => ProcessPort;
  readonly chooseFolder: () => Promise<string | null>;
  readonly caPem?: string | undefined;
}

/** The desk as it ships: secrets only in the keychain of the system. @throws MunimError when the books cannot be opened */
export const startDesktop = (options: DesktopOptions): Promise<Desk> =>
  startDesk({
    dataDir: options.dataDir,
    migrationsDir: path.join(options.resourcesDir, 'migrations'),
    templateDir: path.join(options.resourcesDir, 'template'),
    spawnLedger: options.spawnLedger,
    keychain: systemKeychain,
    chooseFolder: options.chooseFolder,
    caPem: options.caPem,
  });
