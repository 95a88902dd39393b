import { dayBookPage } from '../../shared/db/queries/reports/day-book.ts';
import { ledgerPage } from '../../shared/db/queries/reports/ledger.ts';
import { buildReport } from '../../shared/db/queries/reports/registry.ts';
import type { Scope } from '../../shared/db/queries/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

/** The reports. Each is read in one transaction, so that no entry comes between two of its figures. */
export function reportHandlers(context: DeskContext, scope: () => Promise<Scope>) {
  const inOneState = <T>(read: (tx: Db) => Promise<T>): Promise<T> =>
    context.db.transaction((tx) => read(tx as unknown as Db), {
      isolationLevel: 'repeatable read',
      accessMode: 'read only',
    });
  return {
    'reports.get': async (question) => {
      context.requireCollege(question.collegeId);
      const colleges = await scope();
      return inOneState((tx) => buildReport(tx, colleges, question));
    },
    'ledger.page': async ({ offset, limit, ...question }) => {
      context.requireCollege(question.collegeId);
      const { account: _, ...page } = await inOneState((tx) => ledgerPage(tx, question, { offset, limit }));
      return page;
    },
    'daybook.page': async ({ offset, limit, ...question }) => {
      context.requireCollege(question.collegeId);
      return inOneState((tx) => dayBookPage(tx, question, { offset, limit }));
    },
  } satisfies HandlerMap;
}
