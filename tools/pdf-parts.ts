import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * What the reader of PDFs fetches by itself and by fixed names: its decoders of fax, JBIG2 and JPEG 2000 scans as plain JavaScript
 * (WebAssembly would need a hole in the content policy) and the two standard fonts that no system can stand in for.
 */
const parts = [
  'wasm/jbig2_nowasm_fallback.js',
  'wasm/openjpeg_nowasm_fallback.js',
  'standard_fonts/FoxitSymbol.pfb',
  'standard_fonts/FoxitDingbats.pfb',
];

/** Puts them into `pdf/` of the built renderer, where `renderer/screens/expense/open-pdf.ts` looks for them. */
export const pdfParts = (): Plugin => ({
  name: 'munim-pdf-parts',
  applyToEnvironment: ({ name }) => name === 'client',
  generateBundle() {
    const folder = new URL('../node_modules/pdfjs-dist/', import.meta.url);
    for (const part of parts) {
      const source = readFileSync(fileURLToPath(new URL(part, folder)));
      this.emitFile({ type: 'asset', fileName: `pdf/${part.split('/').at(-1)}`, source });
    }
  },
});
