import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type MunimError, toMunimError } from '../../../shared/kernel/errors.ts';
import { IconButton } from '../../components/button.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/text.ts';
import { openPdf, type Pdf } from './open-pdf.ts';
import './pdf-view.css';

/** In percent of the width there is. */
const ZOOMS = [50, 75, 100, 125, 150, 200, 300, 400];
const WHOLE_WIDTH = ZOOMS.indexOf(100);

interface Props {
  readonly blob: Blob;
  readonly name: string;
  onError(error: MunimError): void;
}

/** The pages of a PDF, one at a time. Page down goes to the end of the page and then to the next one. */
export function PdfView({ blob, name, onError }: Props) {
  const text = useText();
  const pdf = usePdf(blob, onError);
  const [page, setPage] = useState(1);
  const [step, setStep] = useState(WHOLE_WIDTH);
  const sheet = useRef<HTMLElement>(null);
  const pages = pdf?.pageCount ?? 1;
  useEffect(() => {
    if (pdf !== null) sheet.current?.focus({ preventScroll: true });
  }, [pdf]);

  const turn = (by: number): void => {
    const to = Math.min(pages, Math.max(1, page + by));
    if (to === page) return;
    setPage(to);
    sheet.current?.scrollTo({ top: 0 });
  };
  const scroll = (by: 1 | -1): void => {
    const { current } = sheet;
    if (current === null) return;
    const before = current.scrollTop;
    current.scrollBy({ top: by * current.clientHeight * 0.9, behavior: 'instant' });
    if (current.scrollTop === before) turn(by);
  };
  const zoom = (by: 1 | -1): void => setStep((now) => Math.min(ZOOMS.length - 1, Math.max(0, now + by)));
  useKeys(
    [
      { keys: 'PageDown', label: text('receipt.nextPage'), run: () => scroll(1) },
      { keys: 'PageUp', label: text('receipt.previousPage'), run: () => scroll(-1) },
      { keys: '+', label: text('receipt.larger'), run: () => zoom(1) },
      { keys: '-', label: text('receipt.smaller'), run: () => zoom(-1) },
    ],
    'dialog',
  );
  return (
    <div className="stack-tight">
      <div className="line">
        <IconButton
          icon={ChevronLeft}
          label={text('receipt.previousPage')}
          keys="PageUp"
          disabled={page === 1}
          onClick={() => turn(-1)}
        />
        <span aria-live="polite">{text('receipt.page', { page, pages })}</span>
        <IconButton
          icon={ChevronRight}
          label={text('receipt.nextPage')}
          keys="PageDown"
          disabled={page === pages}
          onClick={() => turn(1)}
        />
        <span className="push" />
        <IconButton
          icon={ZoomOut}
          label={text('receipt.smaller')}
          keys="-"
          disabled={step === 0}
          onClick={() => zoom(-1)}
        />
        <span aria-live="polite">{`${ZOOMS[step]}%`}</span>
        <IconButton
          icon={ZoomIn}
          label={text('receipt.larger')}
          keys="+"
          disabled={step === ZOOMS.length - 1}
          onClick={() => zoom(1)}
        />
      </div>
      <section
        ref={sheet}
        className="pdf-sheet"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard.
        tabIndex={0}
        aria-label={text('receipt.pageOf', { page, pages, name })}
      >
        {pdf === null ? (
          <Skeleton lines={8} />
        ) : (
          <Page pdf={pdf} page={page} percent={ZOOMS[step] ?? 100} onError={onError} />
        )}
      </section>
    </div>
  );
}

/** @returns the opened PDF, null until then */
function usePdf(blob: Blob, onError: Props['onError']): Pdf | null {
  const [pdf, setPdf] = useState<Pdf | null>(null);
  useEffect(() => {
    let close = (): void => {};
    let gone = false;
    const open = async (): Promise<void> => {
      try {
        const bytes = new Uint8Array(await blob.arrayBuffer());
        if (gone) return;
        const opening = openPdf(bytes);
        close = opening.close;
        const opened = await opening.pdf;
        if (!gone) setPdf(opened);
      } catch (thrown) {
        if (!gone) onError(toMunimError(thrown));
      }
    };
    void open();
    return () => {
      gone = true;
      close();
    };
  }, [blob, onError]);
  return pdf;
}

interface PageProps {
  readonly pdf: Pdf;
  readonly page: number;
  readonly percent: number;
  onError(error: MunimError): void;
}

/** One page: drawn, and its words for screen readers. The page before stays in sight until the next one is drawn. */
function Page({ pdf, page, percent, onError }: PageProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [words, setWords] = useState('');
  useEffect(() => {
    const { current } = frame;
    if (current === null) return;
    let gone = false;
    const room = current.parentElement?.clientWidth ?? current.clientWidth;
    const drawing = pdf.draw(page, (room * percent * window.devicePixelRatio) / 100);
    const show = async (): Promise<void> => {
      try {
        const canvas = await drawing.canvas;
        if (canvas === null || gone) return;
        canvas.style.width = `${percent}%`;
        current.replaceChildren(canvas);
        const read = await pdf.wordsOf(page);
        if (!gone) setWords(read);
      } catch (thrown) {
        if (!gone) onError(toMunimError(thrown));
      }
    };
    void show();
    return () => {
      gone = true;
      drawing.cancel();
    };
  }, [pdf, page, percent, onError]);
  return (
    <>
      <div ref={frame} className="pdf-page" aria-hidden="true" />
      <p className="visually-hidden">{words}</p>
    </>
  );
}
