import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { Platform, build as pack } from 'electron-builder';
import { devFileStore } from '../../electron/adapters/keychain/dev-file-store.ts';
import { startDesk } from '../../electron/composition/desk.ts';
import { forkPort } from '../../shared/engine/fork-port.ts';
import { build } from '../build.ts';
import { filesBelow, projectRoot, run } from '../run.ts';
import { type Finding, inspectArchive, inspectFuses } from './inspect.ts';
import { writeStandInElectron } from './stand-in-electron.ts';

/**
 * Packs the desk for real, over a folder that stands in for Electron's binary, and reads back what came out: every fuse, the content
 * of the archive, the resources beside it. Ends with `N passed, N failed`.
 */
const work = mkdtempSync(join(tmpdir(), 'munim-package-'));
const output = join(work, 'release');

async function packDesk(): Promise<string> {
  const manifest: unknown = JSON.parse(readFileSync(join(projectRoot, 'node_modules/electron/package.json'), 'utf8'));
  const version =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
  const standIn = join(work, 'electron');
  writeStandInElectron(standIn, version);
  process.env.MUNIM_UPDATE_URL ??= 'https://updates.invalid/desk';
  await pack({
    projectDir: projectRoot,
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      extends: 'electron-builder.yml',
      electronDist: standIn,
      electronVersion: version,
      directories: { output, buildResources: 'resources/icons' },
    },
  });
  return join(output, 'linux-unpacked');
}

/** The builder leaves files out by name on its own; a database with a file less does not start. */
function inspectResources(packed: string): Finding {
  const name = 'migrations and the database template are beside it, whole';
  const from = join(projectRoot, 'dist', 'resources');
  const lost = filesBelow(from).filter((file) => sizeOf(join(packed, 'resources', file)) !== sizeOf(join(from, file)));
  return { name, problem: lost.length === 0 ? null : `${lost.length} files differ, first ${lost[0]}` };
}

/**
 * The list of files is right only if what is packed runs. Electron is not here, so Node starts the packed books process, through
 * the desk's own supervisor: it copies the packed template, opens the database with its extensions and answers a call.
 */
async function inspectRun(packed: string): Promise<Finding> {
  const name = 'the packed books process opens new books and answers';
  const app = join(work, 'app');
  extractAll(join(packed, 'resources', 'app.asar'), app);
  const desk = await startDesk({
    dataDir: join(work, 'books'),
    migrationsDir: join(packed, 'resources', 'migrations'),
    templateDir: join(packed, 'resources', 'template'),
    spawnLedger: () => forkPort(join(app, 'dist', 'ledger', 'ledger.js'), [], { execArgv: [] }),
    keychain: async () => devFileStore(join(work, 'keychain')),
  });
  try {
    const reply = await desk.invoke('session.get', {});
    return { name, problem: reply.ok ? null : `it answers ${reply.code}` };
  } finally {
    await desk.close();
  }
}

/** The addon is taken from beside the archive, as Electron would do it. */
async function inspectKeychain(): Promise<Finding> {
  const program =
    "const { AsyncEntry } = await import('@napi-rs/keyring'); process.exit(typeof AsyncEntry === 'function' ? 0 : 3);";
  const script = join(work, 'app', 'keychain.mjs');
  writeFileSync(script, program);
  const ran = await run(process.execPath, [script], { timeoutMs: 60_000 });
  return { name: 'the packed keychain module loads', problem: ran ? null : 'see above' };
}

/** What it is given is no bundle; that it says so proves that it runs and has the library with it. */
async function inspectBundles(): Promise<Finding> {
  const worker = JSON.stringify(join(work, 'app', 'dist', 'main', 'pkcs12-worker.js'));
  const program = [
    "import { Worker } from 'node:worker_threads';",
    `const worker = new Worker(${worker}, { workerData: { bytes: new Uint8Array([48, 0]), passphrase: '' } });`,
    "worker.on('message', ({ code }) => process.exit(code === 'CERTIFICATE_DAMAGED' ? 0 : 3));",
  ].join('\n');
  const script = join(work, 'app', 'bundles.mjs');
  writeFileSync(script, program);
  const ran = await run(process.execPath, [script], { timeoutMs: 60_000 });
  return { name: 'the packed thread that opens certificates runs', problem: ran ? null : 'see above' };
}

const sizeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.size;

try {
  await build('all', true);
  const packed = await packDesk();
  const archive = join(packed, 'resources', 'app.asar');
  const findings = [
    ...(await inspectFuses(join(packed, 'munim'))),
    ...inspectArchive(archive),
    inspectResources(packed),
    await inspectRun(packed),
    await inspectKeychain(),
    await inspectBundles(),
  ];
  for (const { name, problem } of findings) console.log(problem === null ? `ok   ${name}` : `FAIL ${name}: ${problem}`);
  const keep = process.argv.indexOf('--keep');
  if (keep !== -1) cpSync(packed, process.argv[keep + 1] ?? 'release/checked', { recursive: true });
  const failed = findings.filter(({ problem }) => problem !== null).length;
  console.log(`${findings.length - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
