import type { ConnectorEmulator } from '../../shared/connectors/_kit/emulator.ts';
import { TallyEmulator } from '../../shared/connectors/accounting/tally/emulator.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { emulators } from './emulators.gen.ts';
import { type SandboxEntry, SandboxFiles } from './sandbox-files.ts';

export interface SandboxOptions {
  readonly dataDir: string;
  /** The first emulator's; the others follow. 0 takes free ones. */
  readonly port: number;
  /** Payments are settled by themselves after this time; null leaves it to whoever rehearses. */
  readonly settleAfterMs: number | null;
  /** Of the emulators; that of the machine when absent. */
  readonly clock?: Clock;
}

export interface SandboxBank {
  readonly id: string;
  readonly entry: SandboxEntry;
  readonly emulator: ConnectorEmulator;
}

const TALLY_COMPANY = 'Sahyadri Valley College';

/** Every emulator of the registry, running. */
export class Sandbox {
  readonly banks: readonly SandboxBank[];
  readonly tallyUrl: string;
  readonly #tally: TallyEmulator;

  private constructor(banks: readonly SandboxBank[], tally: TallyEmulator, tallyUrl: string) {
    this.banks = banks;
    this.#tally = tally;
    this.tallyUrl = tallyUrl;
  }

  static async start({ dataDir, port, settleAfterMs, clock }: SandboxOptions): Promise<Sandbox> {
    const files = new SandboxFiles(dataDir);
    const portOf = (index: number): number => (port === 0 ? 0 : port + index);
    const banks: SandboxBank[] = [];
    const tally = new TallyEmulator({
      companies: [{ name: TALLY_COMPANY, isOpen: true, first: '2026-04-01', last: '2027-03-31' }],
    });
    try {
      for (const [index, { connector, kind }] of emulators.entries()) {
        const { manifest } = connector;
        const { settings, secrets, accounts } = kind;
        const emulator = kind.create({
          tls: files.serverIdentity(),
          // Whoever asks for no certificate in the manifest asks for none here.
          clientCa: manifest.mutualTls ? files.authority.cert : null,
          ...{ settings, secrets, accounts, settleAfterMs, ...(clock === undefined ? {} : { clock }) },
          stateFile: files.stateFile(manifest.id),
          requestsPerMinute: manifest.limits.requestsPerMinute,
        });
        const path = new URL(manifest.baseUrls.production).pathname.replace(/\/$/, '');
        const url = `${await emulator.start(portOf(index))}${path}`;
        banks.push({ id: manifest.id, emulator, entry: files.writeEntry(manifest, url, kind) });
      }
      return new Sandbox(banks, tally, await tally.start(portOf(emulators.length)));
    } catch (thrown) {
      for (const { emulator } of banks) await emulator.stop();
      throw thrown;
    }
  }

  /** In the order opposite to that of the start; what was accepted is on the disk already. */
  async stop(): Promise<void> {
    await this.#tally.stop();
    for (const { emulator } of this.banks.toReversed()) await emulator.stop();
  }

  /** What is where, and what to enter. */
  table(): string {
    const width = Math.max(...this.banks.map(({ id }) => id.length), 5);
    const rows = this.banks.flatMap(({ id, entry: { url, files, accounts, settings, secrets } }) => [
      `${id.padEnd(width)}  ${url}`,
      `${''.padEnd(width)}  account ${accounts.map(({ number, ifsc }) => `${number} (${ifsc})`).join(', ')}`,
      `${''.padEnd(width)}  enter ${[...Object.keys(settings), ...Object.keys(secrets)].join(', ')} from ${id}.json`,
      `${''.padEnd(width)}  certificate ${files.pkcs12}`,
    ]);
    return [
      ...rows,
      `${'tally'.padEnd(width)}  ${this.tallyUrl} (company "${TALLY_COMPANY}", kept in memory only)`,
    ].join('\n');
  }
}
