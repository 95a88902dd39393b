import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { projectRoot } from '../run.ts';
import { generatedFiles } from './generated-files.ts';

for (const [path, make] of Object.entries(generatedFiles)) {
  const file = join(projectRoot, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await make());
  console.log(path);
}
