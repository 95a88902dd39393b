import type ExcelJS from 'exceljs';
import { type ReportLanguage, reportWords } from '../../../shared/domain/report/file-words.ts';

/** From how many rupees on a figure has one more group of two digits. */
const GROUPS = [
  { rupees: 1_000_000_000, digits: '##\\,##\\,##\\,##\\,##0.00' },
  { rupees: 10_000_000, digits: '##\\,##\\,##\\,##0.00' },
  { rupees: 100_000, digits: '##\\,##\\,##0.00' },
] as const;
/** Numbers of formats below this are the format's own; those of the cells are counted up from there. */
const FIRST_FORMAT_ID = 300;

const marked = (digits: string, language: ReportLanguage | null): string => {
  if (language === null) return `${digits};-${digits}`;
  const { debit, credit } = reportWords[language];
  return `${digits}" ${debit}";${digits}" ${credit}"`;
};

/** A signed amount as Dr and Cr, for amounts below a lakh. */
export const balanceFormat = (language: ReportLanguage): string => `${marked('##,##0.00', language)};0.00`;

/**
 * Lakh and crore grouping for amounts of either sign, which one format with its two conditions cannot do.
 * @param first the topmost cell of the column, `D7`
 * @param language of Dr and Cr, or null for plain amounts
 */
export const groupingRules = (first: string, language: ReportLanguage | null): ExcelJS.ConditionalFormattingRule[] =>
  GROUPS.map(({ rupees, digits }, index) => {
    // The types of exceljs leave out the number that its writer needs for the format of a rule.
    const style: Partial<ExcelJS.Style> & { readonly numFmtId: number } = {
      numFmt: marked(digits, language),
      numFmtId: FIRST_FORMAT_ID + index + (language === null ? 0 : GROUPS.length),
    };
    return { type: 'expression', priority: index + 1, formulae: [`ABS(${first})>=${rupees}`], style };
  });
