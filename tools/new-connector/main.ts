import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { projectRoot } from '../run.ts';
import { makeConnector } from './make-connector.ts';

const [path, name] = process.argv.slice(2);
if (path === undefined) {
  console.error('Usage: npm run new:connector -- bank/yesbank ["Yes Bank"]');
  process.exit(2);
}
try {
  const folder = relative(projectRoot, makeConnector(projectRoot, path, name));
  const run = (file: string, ...args: string[]): void => {
    const { status } = spawnSync(process.execPath, [join(projectRoot, file), ...args], {
      cwd: projectRoot,
      stdio: 'inherit',
    });
    if (status !== 0) process.exit(status ?? 1);
  };
  run('node_modules/@biomejs/biome/bin/biome', 'check', '--write', folder);
  run('tools/generate/main.ts');
  console.log(
    `\n${folder} stands the suite of all connectors as it is:\n\n  npx vitest run --project unit ${folder}\n`,
  );
  console.log('Now make it what the document says: manifest, contract, mapping, emulator, fixtures, README.');
} catch (thrown) {
  console.error(thrown instanceof Error ? thrown.message : thrown);
  process.exit(2);
}
