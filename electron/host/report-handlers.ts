import { ledgerPage } from '../../shared/db/queries/reports/ledger.ts';
import { buildReport, entriesOf } from '../../shared/db/queries/reports/registry.ts';
import type { Scope } from '../../shared/db/queries/scope.ts';
import type { Db } from '../../shared/db/tables.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

/** Reads in one transaction, so that no entry comes between two figures of a report. */
export const inOneState = <T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> =>
  db.transaction((tx) => read(tx as unknown as Db), { isolationLevel: 'repeatable read', accessMode: 'read only' });

/**
 * The reports on screen. One that lists more than `longest` entries is refused (REPORT_TOO_LONG): the books wait while it is read, and a
 * screen reads it by its pages.
 */
export function reportHandlers(
  { db, requireCollege }: DeskContext,
  scope: () => Promise<Scope>,
  longest: number = limits.report.screenEntriesMax,
) {
  return {
    'reports.get': async (question) => {
      requireCollege(question.collegeId);
      const colleges = await scope();
      return inOneState(db, async (tx) => {
        const count = await entriesOf(tx, question);
        if (count !== null && count > longest) throw new MunimError('REPORT_TOO_LONG', { count, limit: longest });
        return buildReport(tx, colleges, question);
      });
    },
    'ledger.page': async ({ offset, limit, ...question }) => {
      requireCollege(question.collegeId);
      const { account: _, ...page } = await inOneState(db, (tx) => ledgerPage(tx, question, { offset, limit }));
      return page;
    },
  } satisfies HandlerMap;
}
