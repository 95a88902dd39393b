import { ageing } from '../../../domain/report/ageing.ts';
import { balanceSheet } from '../../../domain/report/balance-sheet.ts';
import { bankReconciliationDocument } from '../../../domain/report/bank-reconciliation.ts';
import { budgetReport } from '../../../domain/report/budget-report.ts';
import { documentFault } from '../../../domain/report/check-document.ts';
import { dayBook } from '../../../domain/report/day-book.ts';
import type { ReportDocument } from '../../../domain/report/document.ts';
import { monthBounds, type ReportFrame } from '../../../domain/report/frame.ts';
import { incomeExpenditure } from '../../../domain/report/income-expenditure.ts';
import { cashBook, ledger } from '../../../domain/report/ledger.ts';
import { monthlyDocument } from '../../../domain/report/monthly-report.ts';
import type { ReportName, ReportQuestion } from '../../../domain/report/names.ts';
import { numberGaps } from '../../../domain/report/number-gaps.ts';
import { receiptsPayments } from '../../../domain/report/receipts-payments.ts';
import { trialBalance } from '../../../domain/report/trial-balance.ts';
import { utilisation } from '../../../domain/report/utilisation.ts';
import { financialYearOf, monthOf } from '../../../kernel/dates.ts';
import { MunimError } from '../../../kernel/errors.ts';
import type { Db } from '../../tables.ts';
import { idsIn, type Scope } from '../scope.ts';
import { ageingFigures } from './ageing.ts';
import { balanceFigures } from './balance-sheet.ts';
import { bankFigures } from './bank-reconciliation.ts';
import { frameOf, vendorName } from './books-head.ts';
import { budgetLines } from './budget.ts';
import { dayBookCount, dayBookFigures } from './day-book.ts';
import { incomeFigures } from './income-expenditure.ts';
import { cashLedgers, ledgerPage } from './ledger.ts';
import { monthFigures } from './monthly.ts';
import { seriesNumbers } from './number-gaps.ts';
import { cashFigures } from './receipts-payments.ts';
import { trialFigures } from './trial-balance.ts';
import { centreBy, grantFigures } from './utilisation.ts';

type Build = (db: Db, question: ReportQuestion, frame: ReportFrame) => Promise<ReportDocument>;

const builds: Readonly<Record<ReportName, Build>> = {
  trial_balance: async (db, question, frame) => trialBalance(frame, await trialFigures(db, question)),
  ledger: ledgerDocument,
  day_book: async (db, question, frame) => dayBook(frame, await dayBookFigures(db, question)),
  cash_book: async (db, question, frame) => cashBook(frame, await cashLedgers(db, question, null)),
  income_expenditure: async (db, question, frame) => incomeExpenditure(frame, await incomeFigures(db, question)),
  receipts_payments: async (db, question, frame) => receiptsPayments(frame, await cashFigures(db, question)),
  balance_sheet: async (db, question, frame) => balanceSheet(frame, await balanceFigures(db, question)),
  ageing: async (db, question, frame) => ageing(frame, await ageingFigures(db, question)),
  budget: async (db, { collegeId, to }, frame) => {
    const year = financialYearOf(to);
    return budgetReport(frame, year, await budgetLines(db, collegeId, year));
  },
  utilisation: async (db, question, frame) =>
    utilisation(frame, await grantFigures(db, question, needed(question, 'centreCode'))),
  monthly: async (db, { collegeId, to }, frame) =>
    monthlyDocument({ ...frame, ...monthBounds(to) }, await monthFigures(db, collegeId, monthOf(to))),
  number_gaps: async (db, question, frame) => numberGaps(frame, await seriesNumbers(db, question)),
  bank_reconciliation: async (db, question, frame) =>
    bankReconciliationDocument(frame, await bankFigures(db, question, needed(question, 'accountCode'))),
};

/**
 * Builds a report of one college, in the state of the books in which this transaction sees them. A report whose figures do not agree with
 * its rows is not handed out: the books are damaged then. @throws MunimError NOT_FOUND for a college out of the scope and for an account,
 * vendor or cost centre that is not there, INPUT_INVALID with `where` for a question that lacks what its report needs
 */
export async function buildReport(db: Db, scope: Scope, question: ReportQuestion): Promise<ReportDocument> {
  if (idsIn(scope, question.collegeId).length === 0) throw new MunimError('NOT_FOUND', { what: 'college' });
  if (question.to < question.from) throw new MunimError('INPUT_INVALID', { where: 'to' });
  const document = await builds[question.report](db, question, await frameOf(db, question));
  const fault = documentFault(document);
  if (fault !== null) throw new Error(`the ${question.report} does not add up in row ${fault.row} (${fault.column})`);
  return document;
}

/** How many entries a report is about to list; null for a statement, which is as long as the chart of accounts. */
export async function entriesOf(db: Db, question: ReportQuestion): Promise<number | null> {
  const first = { offset: 0, limit: 1 };
  switch (question.report) {
    case 'ledger':
      return (await ledgerPage(db, { ...question, accountCode: needed(question, 'accountCode') }, first)).count;
    case 'cash_book':
      return (await cashLedgers(db, question, first)).reduce((sum, { count }) => sum + count, 0);
    case 'day_book':
      return dayBookCount(db, question);
    default:
      return null;
  }
}

async function ledgerDocument(db: Db, question: ReportQuestion, frame: ReportFrame): Promise<ReportDocument> {
  const { collegeId, vendorId, centreCode } = question;
  const figures = await ledgerPage(db, { ...question, accountCode: needed(question, 'accountCode') }, null);
  return ledger(frame, figures, {
    vendorName: vendorId === undefined ? null : await vendorName(db, collegeId, vendorId),
    centreName: centreCode === undefined ? null : (await centreBy(db, collegeId, centreCode)).name,
  });
}

function needed(question: ReportQuestion, what: 'accountCode' | 'centreCode'): string {
  const given = question[what];
  if (given === undefined) throw new MunimError('INPUT_INVALID', { where: what });
  return given;
}
