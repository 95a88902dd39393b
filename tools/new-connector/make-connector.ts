import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { variableOf } from '../generate/connector-folders.ts';

const template = join(import.meta.dirname, 'template');

const families = [
  'bank',
  'tax',
  'gateway',
  'accounting',
  'erp',
  'notify',
  'identity',
  'document',
  'credit',
  'chain',
  'analytics',
];

/**
 * A whole connector under `shared/connectors`, made of the template: it stands the suite as it is, and is then changed to what the document says.
 * @param path `bank/yesbank`
 * @returns its folder
 * @throws Error for a path that cannot be, or that is there
 */
export function makeConnector(root: string, path: string, name?: string): string {
  const [family = '', id = '', ...more] = path.split('/');
  if (!families.includes(family) || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id) || more.length > 0) {
    throw new Error(`"${path}" is no connector: write family/id, as bank/yesbank; families are ${families.join(', ')}`);
  }
  const folder = join(root, 'shared/connectors', family, id);
  if (existsSync(folder)) throw new Error(`shared/connectors/${path} is there already`);
  mkdirSync(folder, { recursive: true });
  const words = { family, id, name: name ?? nameOf(id) };
  for (const file of readdirSync(template)) {
    writeFileSync(join(folder, file), madeOf(readFileSync(join(template, file), 'utf8'), words));
  }
  return folder;
}

function madeOf(
  text: string,
  { family, id, name }: { readonly family: string; readonly id: string; readonly name: string },
): string {
  const variable = variableOf(id);
  const code = id
    .replace(/[^a-z]/g, '')
    .slice(0, 4)
    .padEnd(4, 'x')
    .toUpperCase();
  return text
    .replaceAll("'../../../shared/connectors/_kit/", "'../../_kit/")
    .replaceAll("'../../../shared/connectors/operation.ts'", "'../../operation.ts'")
    .replaceAll("'../../../shared/", "'../../../")
    .replaceAll("family: 'bank'", `family: '${family}'`)
    .replaceAll('sampleBank', variable)
    .replaceAll('SampleBank', `${variable.slice(0, 1).toUpperCase()}${variable.slice(1)}`)
    .replaceAll('Sample Bank', name.replaceAll("'", '’'))
    .replaceAll('sample-bank', id)
    .replaceAll('SAMP', code);
}

const nameOf = (id: string): string =>
  id
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join(' ');
