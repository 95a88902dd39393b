import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractAll } from '@electron/asar';
import { Platform, build as pack } from 'electron-builder';
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

/** The list of files is right only if what is packed runs: the packed database starts with its extensions, the keychain loads. */
async function inspectRun(archive: string): Promise<Finding> {
  const name = 'the packed database and keychain module start';
  const unpacked = join(work, 'app');
  extractAll(archive, unpacked);
  const program = `
    import { PGlite } from '@electric-sql/pglite';
    import { amcheck } from '@electric-sql/pglite/contrib/amcheck';
    import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
    import { NodeFS } from '@electric-sql/pglite/nodefs';
    import { AsyncEntry } from '@napi-rs/keyring';
    const pg = await PGlite.create({ fs: new NodeFS(${JSON.stringify(join(work, 'books'))}), extensions: { amcheck, pg_trgm } });
    await pg.exec('CREATE EXTENSION amcheck; CREATE EXTENSION pg_trgm');
    const { rows } = await pg.query("SELECT similarity('munim', 'munim') = 1 AS same");
    if (rows[0].same !== true || typeof AsyncEntry !== 'function') process.exit(3);
    await pg.close();`;
  writeFileSync(join(unpacked, 'run.mjs'), program);
  const ran = await run(process.execPath, [join(unpacked, 'run.mjs')], { timeoutMs: 120_000 });
  return { name, problem: ran ? null : 'see above' };
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
    await inspectRun(archive),
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
