import { readFile } from 'node:fs/promises';
import { text as textOf } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import type { Plain } from '../../shared/kernel/canonical.ts';
import { systemClock } from '../../shared/ports/clock.ts';
import { askRunning } from '../composition/control.ts';
import { openContext } from '../composition/open-context.ts';
import { chartFile, programRoot } from '../composition/places.ts';
import { runAdminCommand } from '../services/admin-commands.ts';
import { lineLog } from '../services/log.ts';
import type { ServerConfig } from './config.ts';

export const usage = `usage: sync-server                      serve
       sync-server add-college FILE     set a college up from a JSON file, or change its settings
       sync-server add-person --name N --email E --role R --college CODE[,CODE]   (password on standard input)
       sync-server enrol-code --college CODE[,CODE]
       sync-server revoke-device ID
       sync-server verify               audit chains, ledger and totals of all colleges`;

/** Runs one command of an operator and prints what it answers as JSON. @returns the exit status */
export async function runCli(config: ServerConfig, argv: readonly string[]): Promise<number> {
  const asked = await readCommand(argv);
  if (!asked) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const { name, input } = asked;
  const value = (await askRunning(config.dataDir, name, input))?.value ?? (await runHere(config, name, input));
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
  const isUnsound =
    name === 'verify' && typeof value === 'object' && value !== null && 'sound' in value && !value.sound;
  return isUnsound ? 1 : 0;
}

async function runHere(config: ServerConfig, name: string, input: Plain): Promise<Plain> {
  const log = lineLog(config.logLevel, systemClock.now, (line) => process.stderr.write(line));
  const context = await openContext({ config, log, onPoison: () => process.exit(70) });
  try {
    return await runAdminCommand(context, name, input);
  } finally {
    await context.database.close();
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
    case 'revoke-device':
      return first === undefined ? null : { name, input: { id: first } };
    case 'verify':
      return { name, input: {} };
    default:
      return null;
  }
}
