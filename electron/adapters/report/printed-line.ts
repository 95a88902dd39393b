import { reportWords } from '../../../shared/domain/report/file-words.ts';
import { formatDate, istDate, istTime } from '../../../shared/kernel/dates.ts';
import type { ReportOrder } from '../../../shared/ports/reports.ts';

/** "Printed on 05-04-2027 16:30 by Asha Patil", at the clock of India. */
export const printedLine = ({ document, printed }: ReportOrder): string =>
  reportWords[document.language].printed(`${formatDate(istDate(printed.at))} ${istTime(printed.at)}`, printed.by);
