// The reader of PDFs, away from the screens: a bill that keeps it busy or breaks it stops nothing else.
import 'pdfjs-dist/build/pdf.worker.min.mjs';
