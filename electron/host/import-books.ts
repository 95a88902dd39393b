import { namedRows, openAmounts, openingsOf, voucherIds } from '../../shared/db/queries/exchange.ts';
import { billsInBooks, knownImportKeys } from '../../shared/db/queries/import-lookups.ts';
import { allocationsOf, mastersOf } from '../../shared/db/queries/masters.ts';
import { collegesById } from '../../shared/db/queries/session-facts.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import { addDays, financialYearBounds, financialYearOf, istDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import { uuidv7 } from '../../shared/kernel/ids.ts';
import type { ImportBooks } from '../services/imports.ts';
import type { CommandOrder, DeskContext } from './desk-context.ts';

/** What imports of workbooks ask of the books, and how they enter what is good. */
export function importBooks(context: DeskContext): ImportBooks {
  const { db, clock, random, digest } = context;
  return {
    async setup(collegeId) {
      const [college] = await collegesById(db, [collegeId]);
      if (college === undefined) throw new MunimError('NOT_FOUND', { what: 'college' });
      const { categories, accounts } = await mastersOf(db, collegeId);
      return {
        today: istDate(clock.now()),
        collegeStateCode: college.stateCode,
        categories,
        accounts: accounts.filter((account) => account.kind === 'expense'),
        hashing: digest,
      };
    },
    async sheetBooks(collegeId) {
      const financialYear = financialYearOf(istDate(clock.now()));
      const openingDate = addDays(financialYearBounds(financialYear).first, -1);
      return {
        rows: await namedRows(db, collegeId),
        categories: (await mastersOf(db, collegeId)).categories,
        budgets: await allocationsOf(db, collegeId),
        voucherIds: await voucherIds(db, collegeId),
        openBills: await openAmounts(db, collegeId),
        openings: await openingsOf(db, collegeId, openingDate),
        ...{ financialYear, openingDate, idFor: collegeIds(collegeId, digest) },
      };
    },
    async run(collegeId, order) {
      await context.runCommand({ collegeId, ...order } as CommandOrder);
    },
    knownImportKeys: (collegeId, keys) => knownImportKeys(db, collegeId, keys),
    billsInBooks: (collegeId, bills) => billsInBooks(db, collegeId, bills),
    async enter(collegeId, { fileName, rows }) {
      const batchId = uuidv7(clock.now(), random.bytes(10));
      await context.runCommand({ collegeId, name: 'expense.import', args: { batchId, fileName, rows } });
    },
  };
}
