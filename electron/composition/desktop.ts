import path from 'node:path';
import type { SecretQuestion } from '../../shared/domain/connection/secret-fields.ts';
import type { ProcessPort } from '../../shared/ports/process-port.ts';
import type { FileKind } from '../../shared/ports/secret-prompt.ts';
import { systemKeychain } from '../adapters/keychain/choose.ts';
import { readChosen } from '../adapters/prompt/chosen-files.ts';
import type { Desk } from '../host/desk.ts';
import { startDesk } from './desk.ts';

export interface DesktopOptions {
  readonly dataDir: string;
  /** Holds `migrations` and `template`. */
  readonly resourcesDir: string;
  readonly spawnLedger: () => ProcessPort;
  readonly chooseFolder: () => Promise<string | null>;
  /** Paths that the person chose in a dialog; null for none. */
  readonly chooseSecretFiles: (kind: FileKind) => Promise<readonly string[] | null>;
  /** Asks in a window that only the main process has. */
  readonly askSecrets: (question: SecretQuestion) => Promise<Readonly<Record<string, string>> | null>;
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
    prompt: {
      chooseFiles: async (kind) => {
        const paths = await options.chooseSecretFiles(kind);
        return paths && readChosen(paths);
      },
      ask: options.askSecrets,
    },
    caPem: options.caPem,
  });
