import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../run.ts';

/**
 * A WSDL as a module that exports its text, since the connectors read no files and the bundles have none beside them. Comments stay in the
 * original only.
 */
export function wsdlModule(name: string): string {
  const source = `resources/wsdl/${name}.wsdl`;
  const text = readFileSync(join(projectRoot, source), 'utf8').replaceAll('\r\n', '\n');
  const bare = text.replace(/<!--[\s\S]*?-->\n?/g, '').replace(/>\s+</g, '><');
  const literal = bare.trim().replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
  return [
    `/** Made by \`npm run generate\` from ${source}; do not edit. */`,
    `export const ${name}Wsdl =`,
    `  '${literal}';`,
    '',
  ].join('\n');
}
