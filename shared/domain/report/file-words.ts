export type ReportLanguage = 'en' | 'hi';

export interface ReportWords {
  readonly debit: string;
  readonly credit: string;
  /** What the sign of a plain figure means, for files that have no Dr and Cr. */
  readonly signs: string;
  readonly printed: (at: string, by: string) => string;
  readonly page: (page: number | string, pages: number | string) => string;
}

/** The few words that a report has besides those of whoever built it. */
export const reportWords: Readonly<Record<ReportLanguage, ReportWords>> = {
  en: {
    debit: 'Dr',
    credit: 'Cr',
    signs: '+ Dr, - Cr',
    printed: (at, by) => `Printed on ${at} by ${by}`,
    page: (page, pages) => `Page ${page} of ${pages}`,
  },
  hi: {
    debit: 'नामे',
    credit: 'जमा',
    signs: '+ नामे, - जमा',
    printed: (at, by) => `${at} को मुद्रित, ${by} द्वारा`,
    page: (page, pages) => `पृष्ठ ${page} / ${pages}`,
  },
};
