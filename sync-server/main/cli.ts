import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { askRunning } from '../composition/control.ts';
import { closeContext, openContext } from '../composition/open-context.ts';
import { runOperatorCommand } from '../composition/operator-commands.ts';
import { chartFile, programRoot } from '../composition/places.ts';
import { restoreServer } from '../composition/restore.ts';
import { lineLog } from '../services/log.ts';
import type { ServerConfig } from './config.ts';

export const usage = `usage: sync-server                      serve
       sync-server add-college FILE     set a college up from a JSON file, or change its settings
       sync-server add-person --name N --email E --role R --college CODE[,CODE]   (password on standard input)
       sync-server enrol-code --college CODE[,CODE]
       sync-server revoke-device ID
       sync-server add-webhook-secret --provider ID [--college CODE[,CODE]] [--no-time]   (secret on standard input)
       sync-server webhook-secrets | remove-webhook-secret ID
       sync-server dead-webhooks | replay-webhook ID   messages of banks that came to nothing
       sync-server verify               audit chains, ledger and totals of all colleges
       sync-server diagnose [--college CODE]   versions, schema, and of each college sums over its rows to compare with
       sync-server backup --to DIR      a copy of everything, while it serves; the keys only with MUNIM_BACKUP_PASSPHRASE set
       sync-server restore --from DIR   puts a backup in the place of the books of a stopped server`;

/** Runs one command of an operator and prints what it answers as JSON. @returns the exit status */
export async function runCli(config: ServerConfig, argv: readonly string[]): Promise<number> {
  const asked = await readCommand(argv);
  if (!asked) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { name, input } = asked;
  if (name === 'restore') return restore(config, String(input));
  const value = (await askRunning(config.dataDir, name, input))?.value ?? (await runHere(config, name, input));
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  const isUnsound =
    (name === 'verify' || name === 'diagnose') &&
    typeof value === 'object' &&
    value !== null &&
    'sound' in value &&
    !value.sound;
  return isUnsound ? 1 : 0;
}

/** From the environment: arguments can be read by everybody on the machine. */
const passphrase = (): string | null => process.env.MUNIM_BACKUP_PASSPHRASE || null;
const logOf = (config: ServerConfig) => lineLog(config.logLevel, systemClock.now, (line) => process.stderr.write(line));

async function restore(config: ServerConfig, from: string): Promise<number> {
  const value = await restoreServer(config, { from, passphrase: passphrase() }, logOf(config));
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  return 0;
}

async function runHere(config: ServerConfig, name: string, input: Plain): Promise<Plain> {
  const log = logOf(config);
  const context = await openContext({ config, log, onPoison: () => process.exit(70) });
  try {
    return await runOperatorCommand(context, config, name, input);
  } finally {
    await closeContext(context);
  }
}

async function readCommand(argv: readonly string[]): Promise<{ name: string; input: Plain } | null> {
  const [name = '', ...rest] = argv;
  const { values, positionals } = parseArgs({
    args: rest,
    allowPositionals: true,
    options: {
      college: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      email: { type: 'string', default: '' },
      role: { type: 'string', default: '' },
      to: { type: 'string', default: '' },
      from: { type: 'string', default: '' },
      provider: { type: 'string', default: '' },
      'no-time': { type: 'boolean', default: false },
    },
  });
  const colleges = values.college.split(',').filter((code) => code !== '');
  const [first] = positionals;
  switch (name) {
    case 'add-college': {
      if (first === undefined) return null;
      const college = JSON.parse(await readFile(first, 'utf8')) as Plain;
      const chart = JSON.parse(await readFile(chartFile(programRoot()), 'utf8')) as Plain;
      return { name, input: { college, chart } };
    }
    case 'add-person': {
      // Not an argument: the list of processes shows arguments to everybody on the machine.
      const password = (await textOf(process.stdin)).trim();
      return { name, input: { name: values.name, email: values.email, role: values.role, colleges, password } };
    }
    case 'enrol-code':
      return { name, input: { colleges } };
    case 'add-webhook-secret': {
      const secret = (await textOf(process.stdin)).trim();
      const { provider, 'no-time': allowsNoTime } = values;
      return { name, input: { provider, colleges, secret, allowsNoTime } };
    }
    case 'webhook-secrets':
    case 'dead-webhooks':
      return { name, input: {} };
    case 'remove-webhook-secret':
    case 'replay-webhook':
    case 'revoke-device':
      return first === undefined ? null : { name, input: { id: first } };
    case 'backup':
      return values.to === '' ? null : { name, input: { to: path.resolve(values.to), passphrase: passphrase() } };
    case 'restore':
      return values.from === '' ? null : { name, input: path.resolve(values.from) };
    case 'diagnose':
      return { name, input: { college: colleges[0] ?? null } };
    case 'verify':
      return { name, input: {} };
    default:
      return null;
  }
}
