import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EmulatorKind } from '../../shared/connectors/_kit/emulator.ts';
import type { Manifest } from '../../shared/connectors/_kit/manifest.ts';
import { type KeyedCertificate, TestAuthority } from '../../shared/testing/certificates.ts';
import { pkcs12 } from '../../shared/testing/pkcs12.ts';

/** The passphrase of the key files. They open nothing but the sandbox. */
export const PASSPHRASE = 'munim-sandbox';

/** What somebody enters to connect with one of the emulators. */
export interface SandboxEntry {
  readonly connector: string;
  readonly url: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly accounts: readonly { readonly number: string; readonly ifsc: string; readonly holder: string }[];
  readonly files: { readonly ca: string; readonly cert: string; readonly key: string; readonly pkcs12: string };
  readonly passphrase: string;
}

/** The folder of a sandbox: its authority, the certificates of the office, what to enter, and what the emulators remember. */
export class SandboxFiles {
  readonly dir: string;
  readonly authority: TestAuthority;

  constructor(dir: string) {
    this.dir = dir;
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    this.authority = this.#authority();
  }

  /** A server certificate for this machine, new at every start. */
  serverIdentity(): KeyedCertificate {
    return this.authority.issue({ name: 'Munim sandbox', use: 'server' });
  }

  stateFile(id: string): string {
    return join(this.dir, `${id}.state.jsonl`);
  }

  /** Writes what to enter; the certificate of the office stays the same from start to start. */
  writeEntry({ id }: Manifest, url: string, { settings, secrets, accounts }: EmulatorKind): SandboxEntry {
    const files = {
      ca: join(this.dir, 'ca.pem'),
      cert: join(this.dir, `${id}.client.pem`),
      key: join(this.dir, `${id}.client.key`),
      pkcs12: join(this.dir, `${id}.client.p12`),
    };
    if (!Object.values(files).every((file) => existsSync(file)) || !this.#isOurs(files.cert)) {
      const client = this.authority.issue({ name: `Munim desk for ${id}`, use: 'client', algorithm: 'rsa' });
      this.#write(files.cert, client.cert);
      this.#write(files.key, client.key);
      this.#write(files.pkcs12, pkcs12(client, PASSPHRASE, `Munim desk for ${id}`));
    }
    const shown = accounts.map(({ number, ifsc, holder }) => ({ number, ifsc, holder }));
    const entry = { connector: id, url, settings, secrets, accounts: shown, files, passphrase: PASSPHRASE };
    this.#write(join(this.dir, `${id}.json`), `${JSON.stringify(entry, null, 2)}\n`);
    return entry;
  }

  /** Somebody may have taken away the authority and left what it issued. */
  #isOurs(cert: string): boolean {
    return new X509Certificate(readFileSync(cert)).verify(new X509Certificate(this.authority.cert).publicKey);
  }

  #authority(): TestAuthority {
    const [cert, key] = [join(this.dir, 'ca.pem'), join(this.dir, 'ca.key')];
    if (existsSync(cert) && existsSync(key)) {
      return TestAuthority.from(readFileSync(cert, 'utf8'), createPrivateKey(readFileSync(key)));
    }
    const made = TestAuthority.make('Munim sandbox authority');
    this.#write(key, made.key);
    this.#write(cert, made.cert);
    return made;
  }

  #write(file: string, content: string | Uint8Array): void {
    writeFileSync(file, content, { mode: 0o600 });
    // Those that were there keep their old mode otherwise.
    chmodSync(file, 0o600);
  }
}
