import { builtinModules } from 'node:module';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions, type Plugin } from 'vite';
import { pdfParts } from './tools/pdf-parts.ts';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * Stays outside the bundles: what Electron provides, PGlite (it loads its WebAssembly and data files from beside its module) and
 * the keychain's native addons.
 */
const external = [
  'electron',
  /^@electric-sql\/pglite/,
  'keytar',
  /^@napi-rs\/keyring/,
  // Optional native parts of ws and pg, which both do without.
  'bufferutil',
  'utf-8-validate',
  'pg-native',
  ...builtinModules,
  /^node:/,
];

interface NodeTarget {
  readonly outDir: string;
  readonly input: Readonly<Record<string, string>>;
  readonly format: 'es' | 'cjs';
}

/** A target that runs in Node or Electron: everything but the externals in one folder. */
const nodeTarget = ({ outDir, input, format }: NodeTarget): EnvironmentOptions => ({
  consumer: 'server',
  resolve: { noExternal: true },
  build: {
    outDir: at(outDir),
    emptyOutDir: true,
    target: 'node24',
    minify: false,
    sourcemap: false,
    ssr: true,
    rolldownOptions: {
      input: { ...input },
      external,
      output: {
        format,
        entryFileNames: format === 'cjs' ? '[name].cjs' : '[name].js',
        // All in one folder, so that a file named relative to its source is found from every chunk.
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
});

const SIBLING_PROGRAM = /new URL\((["'`])\.\/([\w-]+)\.ts\1, import\.meta\.url\)/g;

/**
 * A program that is started beside this one (a worker thread) is named by its source file, since sources run as they are in
 * development. In a bundle it is the entry of the same name; naming one that is not built fails the build.
 */
const siblingPrograms = (): Plugin => ({
  name: 'munim-sibling-programs',
  renderChunk(code, _chunk, options, { chunks }) {
    if (!SIBLING_PROGRAM.test(code)) return null;
    const entries = new Set(Object.values(chunks).flatMap((chunk) => (chunk.isEntry ? [chunk.name] : [])));
    const renamed = code.replaceAll(SIBLING_PROGRAM, (_whole, _quote, name: string) => {
      if (!entries.has(name))
        throw new Error(`${name}.ts is started beside a program of ${options.dir}, but is not built`);
      return `new URL("./${name}.js", import.meta.url)`;
    });
    return { code: renamed, map: null };
  },
});

/**
 * All that is built, in one place. `--mode loopback` builds the renderer that reaches the desk over the loopback host; in every
 * other build `__LOOPBACK__` is false and that branch is dropped.
 */
export default defineConfig(({ mode }) => {
  const loopback = mode === 'loopback';
  return {
    root: at('renderer'),
    publicDir: false,
    plugins: [react(), pdfParts(), siblingPrograms()],
    define: { __LOOPBACK__: JSON.stringify(loopback) },
    environments: {
      client: {
        build: {
          outDir: at(loopback ? 'dist/loopback' : 'dist/renderer'),
          emptyOutDir: true,
          target: 'chrome150',
          sourcemap: false,
          // The content policy allows no data: fonts and no inline code.
          assetsInlineLimit: 0,
          modulePreload: { polyfill: false },
          // The window for secrets is Electron's; a browser never has it.
          rolldownOptions: { input: [at('renderer/index.html'), ...(loopback ? [] : [at('renderer/secret.html')])] },
        },
      },
      main: nodeTarget({
        outDir: 'dist/main',
        input: {
          main: at('electron/main/main.ts'),
          'pkcs12-worker': at('electron/adapters/certificates/pkcs12-worker.ts'),
        },
        format: 'es',
      }),
      // A sandboxed preload script cannot be a module.
      preload: nodeTarget({
        outDir: 'dist/preload',
        input: { preload: at('electron/preload/preload.ts'), secret: at('electron/preload/secret.ts') },
        format: 'cjs',
      }),
      ledger: nodeTarget({
        outDir: 'dist/ledger',
        input: {
          ledger: at('electron/processes/ledger.ts'),
          'parse-worker': at('electron/adapters/workbook/parse-worker.ts'),
          'chain-worker': at('electron/adapters/snapshot/chain-worker.ts'),
          'scratch-worker': at('electron/adapters/backup/scratch-worker.ts'),
        },
        format: 'es',
      }),
      server: nodeTarget({ outDir: 'dist/server', input: { main: at('sync-server/main/main.ts') }, format: 'es' }),
    },
    builder: {
      buildApp: async (builder) => {
        for (const environment of Object.values(builder.environments)) {
          // `ssr` is Vite's own default environment; this project has none.
          if (environment.name !== 'ssr' && (!loopback || environment.name === 'client'))
            await builder.build(environment);
        }
      },
    },
  };
});
