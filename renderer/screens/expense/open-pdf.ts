import {
  getDocument,
  PasswordException,
  type PDFDocumentLoadingTask,
  type PDFDocumentProxy,
  PDFWorker,
  RenderingCancelledException,
  VerbosityLevel,
} from 'pdfjs-dist';
import { MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';

export interface Pdf {
  readonly pageCount: number;
  /**
   * Draws a page, the first being 1, on a canvas of its own.
   * @param widthPx in device pixels; fewer are taken where the page would become too large for memory
   * @returns null when it was cancelled; refuses with RECEIPT_PDF_DAMAGED
   */
  draw(page: number, widthPx: number): { readonly canvas: Promise<HTMLCanvasElement | null>; cancel(): void };
  /** The words of a page, for screen readers; empty where it is a scan. */
  wordsOf(page: number): Promise<string>;
}

export interface Opening {
  /** Refuses with RECEIPT_PDF_LOCKED or RECEIPT_PDF_DAMAGED. */
  readonly pdf: Promise<Pdf>;
  /** Gives everything back, also when the opening is not over. */
  close(): void;
}

/** A worker that hears nothing any more is ended all the same. */
const CLOSE_MAX_MS = 2_000;

/** Opens a PDF to be looked at: nothing in it is run, followed or fetched. */
export function openPdf(bytes: Uint8Array): Opening {
  const port = new Worker(new URL('./pdf-worker.ts', import.meta.url), { type: 'module' });
  const worker = PDFWorker.create({ port });
  const parts = new URL('/pdf/', window.location.href).href;
  const task = getDocument({
    data: bytes,
    worker,
    verbosity: VerbosityLevel.ERRORS,
    // Only our own files, and neither WebAssembly nor forms that bring programs.
    useWasm: false,
    useWorkerFetch: true,
    wasmUrl: parts,
    standardFontDataUrl: parts,
    enableXfa: false,
    disableWorkerRendering: true,
  });
  // A worker that cannot start says nothing to the reader, which would wait for ever.
  const broken = new Promise<never>((_resolve, reject) => {
    port.addEventListener('error', (event) => reject(new MunimError('INTERNAL', {}, { cause: event.error })));
  });
  return {
    pdf: Promise.race([documentOf(task), broken]),
    close: () => {
      const end = (): void => {
        worker.destroy();
        port.terminate();
      };
      setTimeout(end, CLOSE_MAX_MS);
      void task.destroy().then(end, end);
    },
  };
}

async function documentOf(task: PDFDocumentLoadingTask): Promise<Pdf> {
  try {
    return pdfOf(await task.promise);
  } catch (thrown) {
    throw refusalOf(thrown);
  }
}

const refusalOf = (thrown: unknown): MunimError =>
  new MunimError(
    thrown instanceof PasswordException ? 'RECEIPT_PDF_LOCKED' : 'RECEIPT_PDF_DAMAGED',
    {},
    { cause: thrown },
  );

function pdfOf(document: PDFDocumentProxy): Pdf {
  return {
    pageCount: document.numPages,
    draw: (number, widthPx) => {
      let cancelled = false;
      let stop = (): void => {};
      const draw = async (): Promise<HTMLCanvasElement | null> => {
        const page = await document.getPage(number);
        if (cancelled) return null;
        const { width, height } = page.getViewport({ scale: 1 });
        const scale = Math.min(widthPx / width, Math.sqrt(limits.preview.pagePixelsMax / (width * height)));
        const viewport = page.getViewport({ scale });
        const canvas = window.document.createElement('canvas');
        canvas.width = Math.max(1, Math.floor(viewport.width));
        canvas.height = Math.max(1, Math.floor(viewport.height));
        const drawing = page.render({ canvas, viewport });
        stop = () => drawing.cancel();
        await drawing.promise;
        return canvas;
      };
      const canvas = draw().catch((thrown: unknown) => {
        if (thrown instanceof RenderingCancelledException) return null;
        throw refusalOf(thrown);
      });
      return {
        canvas,
        cancel: () => {
          cancelled = true;
          stop();
        },
      };
    },
    wordsOf: async (number) => {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      return items.map((item) => ('str' in item ? item.str : '')).join(' ');
    },
  };
}
