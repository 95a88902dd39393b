import { auditRows } from '../../shared/db/queries/audit-trail.ts';
import { budgetList } from '../../shared/db/queries/budgets.ts';
import { consolidationLines } from '../../shared/db/queries/consolidation.ts';
import { exportedExpenses } from '../../shared/db/queries/expense-export.ts';
import { expenseTotals } from '../../shared/db/queries/expense-totals.ts';
import type { Scope } from '../../shared/db/queries/scope.ts';
import { vendorsPage } from '../../shared/db/queries/vendors.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { Input } from '../../shared/ipc/contract.ts';
import { isFinancialYear, istDate, istTime } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';

export type ExportQuestion = Input<'exports.run'>;
type Row = Readonly<Record<string, unknown>>;

export interface ExportList {
  readonly rows: AsyncIterable<Row>;
  readonly total: number | null;
}

const vendorStep = 500;

/** The rows of the list that is to be exported, read as they are written. @throws MunimError INPUT_INVALID, NOT_FOUND */
export async function exportList(db: Db, scope: Scope, question: ExportQuestion): Promise<ExportList> {
  if (!isFinancialYear(question.financialYear)) throw new MunimError('INPUT_INVALID', { where: 'financialYear' });
  switch (question.kind) {
    case 'expenses': {
      if (question.filter === null) throw new MunimError('INPUT_INVALID', { where: 'filter' });
      const { count } = await expenseTotals(db, scope, question.filter);
      return { rows: exportedExpenses(db, scope, question.filter, question.sort ?? 'date_desc'), total: count };
    }
    case 'vendors':
      return { rows: vendorRows(db, scope, question), total: null };
    case 'budgets':
      return all(await budgetRows(db, oneCollege(scope, question.collegeId), question));
    case 'audit':
      return { rows: entryRows(db, oneCollege(scope, question.collegeId), question.text), total: null };
    case 'consolidation':
      return all(await consolidationLines(db, scope, question.financialYear));
  }
}

function oneCollege(scope: Scope, collegeId: Id | null): Id {
  const only = collegeId ?? (scope.length === 1 ? scope[0]?.id : undefined);
  if (only === undefined) throw new MunimError('INPUT_INVALID', { where: 'collegeId' });
  if (!scope.some((college) => college.id === only)) throw new MunimError('NOT_FOUND', { what: 'college' });
  return only;
}

const all = (rows: readonly object[]): ExportList => ({ rows: oneByOne(rows), total: rows.length });

async function* oneByOne(rows: readonly object[]): AsyncGenerator<Row, void> {
  for (const row of rows) yield { ...row };
}

async function* vendorRows(db: Db, scope: Scope, question: ExportQuestion): AsyncGenerator<Row, void> {
  const { collegeId, text } = question;
  for (let offset = 0; ; offset += vendorStep) {
    const { rows } = await vendorsPage(db, scope, { collegeId, text, offset, limit: vendorStep });
    for (const { fields, expenseCount, billedPaise, outstandingPaise } of rows) {
      yield { ...fields, expenseCount, billedPaise, outstandingPaise };
    }
    if (rows.length < vendorStep) return;
  }
}

async function budgetRows(db: Db, collegeId: Id, { financialYear, language }: ExportQuestion): Promise<readonly Row[]> {
  const { rows } = await budgetList(db, collegeId, financialYear);
  return rows.map((row) => ({ ...row, label: language === 'hi' ? row.labelHi : row.label }));
}

async function* entryRows(db: Db, collegeId: Id, text: string): AsyncGenerator<Row, void> {
  for await (const entry of auditRows(db, { collegeId, text, deviceName: () => null })) {
    yield { ...entry, day: istDate(entry.occurredAt), time: istTime(entry.occurredAt) };
  }
}
