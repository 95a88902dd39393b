import { fileURLToPath } from 'node:url';
import { readConfig } from './config.ts';
import { childMark, watchOver } from './family.ts';
import { wordsOf } from './words-of.ts';

const config = readConfig(process.env);
const [, , ...argv] = process.argv;

if (!config.ok) {
  process.stderr.write(`${config.error}\n`);
  process.exitCode = 2;
} else if (argv.length > 0) {
  const { runCli } = await import('./cli.ts');
  try {
    process.exitCode = await runCli(config.value, argv);
  } catch (thrown) {
    process.stderr.write(`${wordsOf(thrown)}\n`);
    process.exitCode = 1;
  }
} else if (config.value.databaseUrl !== null || process.env[childMark] === '1') {
  const { serve } = await import('./serve.ts');
  await serve(config.value);
} else {
  // The parent only watches, and has no use for the rest of the program.
  process.exit(await watchOver(fileURLToPath(import.meta.url)));
}
