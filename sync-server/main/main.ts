import { fileURLToPath } from 'node:url';
import { runCli } from './cli.ts';
import { readConfig } from './config.ts';
import { childMark, watchOver } from './family.ts';
import { serve, wordsOf } from './serve.ts';

const config = readConfig(process.env);
const [, , ...argv] = process.argv;

if (!config.ok) {
  process.stderr.write(`${config.error}\n`);
  process.exitCode = 2;
} else if (argv.length > 0) {
  try {
    process.exitCode = await runCli(config.value, argv);
  } catch (thrown) {
    process.stderr.write(`${wordsOf(thrown)}\n`);
    process.exitCode = 1;
  }
} else if (config.value.databaseUrl !== null || process.env[childMark] === '1') {
  await serve(config.value);
} else {
  process.exit(await watchOver(fileURLToPath(import.meta.url)));
}
