import { registerHooks } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectRoot } from '../run.ts';
import { type Edit, edited } from './edit.ts';
import { type Former, formerDesk, formerServer } from './former.ts';
import { mutants } from './mutants.ts';

const modules = `${pathToFileURL(path.join(projectRoot, 'node_modules'))}/`;
const root = `${pathToFileURL(projectRoot)}/`;
const mark = 'variant';

interface Variant {
  readonly edits: readonly Edit[];
  /** The modules that the edits reach: the files they are in and whatever imports those, over any number of steps. */
  readonly reached: ReadonlySet<string>;
}

/** Who imports a module of the program. */
const importers = new Map<string, Set<string>>();
const variants = new Map<string, Variant>();

/**
 * From here on `importVariant` loads the program with edits in it. The modules that an edit reaches are loaded anew under names of their
 * own; all others are shared, so that many programs live in one process and over the same databases.
 * To be called before the program is loaded.
 */
function hook(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      if (!resolved.url.startsWith(root) || resolved.url.startsWith(modules)) return resolved;
      const name = variantOf(context.parentURL);
      if (name === null) noteImport(resolved.url, context.parentURL);
      else if (variants.get(name)?.reached.has(resolved.url))
        return { ...resolved, url: `${resolved.url}?${mark}=${name}` };
      return resolved;
    },
    load: (url, context, next) => {
      const loaded = next(url, context);
      const { edits = [] } = variants.get(variantOf(url) ?? '') ?? {};
      const edit = edits.find(({ file }) => fileURLToPath(url) === path.join(projectRoot, file));
      return edit === undefined ? loaded : { ...loaded, source: edited(edit.file, edits) };
    },
  });
}

function noteImport(url: string, importer: string | undefined): void {
  if (importer === undefined) return;
  const known = importers.get(url) ?? new Set();
  importers.set(url, known.add(importer));
}

function reachedFrom(edits: readonly Edit[]): ReadonlySet<string> {
  const all = new Set(edits.map(({ file }) => String(pathToFileURL(path.join(projectRoot, file)))));
  for (const url of all) for (const importer of importers.get(url) ?? []) all.add(importer);
  return all;
}

const variantOf = (url: string | undefined): string | null =>
  url === undefined ? null : (URL.parse(url)?.searchParams.get(mark) ?? null);

/** A module of the program with these edits in what it reaches. @throws when it reaches none of the files that they are in */
async function importVariant(name: string, edits: readonly Edit[], module: string): Promise<unknown> {
  await importPlain();
  const url = String(pathToFileURL(path.join(projectRoot, module)));
  const reached = reachedFrom(edits);
  if (!reached.has(url)) throw new Error(`"${name}" is in nothing that ${module} runs`);
  variants.set(name, { edits, reached });
  return import(`${url}?${mark}=${name}`);
}

type Program = typeof import('./simulate.ts');
let plain: Promise<Program> | null = null;

/** The program as it is. */
export function importPlain(): Promise<Program> {
  if (plain === null) {
    hook();
    plain = import('./simulate.ts');
  }
  return plain;
}

/** The program with the planted fault of this number. @throws when the program does not reach the file that it is in */
export async function importWith(number: number): Promise<Program> {
  const mutant = mutants[number];
  if (mutant === undefined) throw new Error(`no planted fault ${number}`);
  return (await importVariant(`mutant-${number}`, [mutant], 'tools/sim/simulate.ts')) as Program;
}

/** The machines of the version before: a desk and a server that do not know yet what today's say. */
export async function importFormer(): Promise<Former> {
  const desk = await importVariant('former-desk', formerDesk, 'electron/composition/ledger-core.ts');
  const server = await importVariant('former-server', formerServer, 'tools/sim/server-machine.ts');
  return {
    openCore: (desk as typeof import('../../electron/composition/ledger-core.ts')).openCore,
    ServerMachine: (server as typeof import('./server-machine.ts')).ServerMachine,
  };
}
