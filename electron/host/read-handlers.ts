import { and, eq, sql } from 'drizzle-orm';
import { drafts } from '../../shared/db/desk-schema.ts';
import { approvalsInbox } from '../../shared/db/queries/approvals-inbox.ts';
import { auditPage, verifyAudit } from '../../shared/db/queries/audit-trail.ts';
import { budgetList } from '../../shared/db/queries/budgets.ts';
import { chartOf } from '../../shared/db/queries/chart.ts';
import { consolidationSummary } from '../../shared/db/queries/consolidation.ts';
import { expensePage } from '../../shared/db/queries/expense-page.ts';
import { expenseTotals } from '../../shared/db/queries/expense-totals.ts';
import { expenseView } from '../../shared/db/queries/expense-view.ts';
import { mastersOf } from '../../shared/db/queries/masters.ts';
import { openBills } from '../../shared/db/queries/open-bills.ts';
import { periodList } from '../../shared/db/queries/periods.ts';
import type { Scope } from '../../shared/db/queries/scope.ts';
import { scopeOf } from '../../shared/db/queries/session-facts.ts';
import { vendorsPage, vendorView } from '../../shared/db/queries/vendors.ts';
import { voucherPage, voucherTotals } from '../../shared/db/queries/voucher-page.ts';
import { searchVouchers } from '../../shared/db/queries/voucher-search.ts';
import { voucherView } from '../../shared/db/queries/voucher-view.ts';
import { isFinancialYear, istDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';

/** Codes of colleges hardly ever change; this long a list may show an old one. */
const codesKeptMs = 10_000;

/** The colleges of the signed-in person with their codes, read again every few seconds. @throws MunimError AUTH_REQUIRED */
export function scopeReader(context: DeskContext): () => Promise<Scope> {
  let known: { readonly key: string; readonly at: number; readonly scope: Scope } | null = null;
  return async () => {
    const { collegeIds } = context.requireSession();
    const key = collegeIds.join(' ');
    const now = context.clock.now();
    if (known?.key === key && now - known.at < codesKeptMs) return known.scope;
    const scope = await scopeOf(context.db, collegeIds);
    known = { key, at: now, scope };
    return scope;
  };
}

/** What the screens ask and the books answer. Everything is read within the colleges of the signed-in person. */
export function readHandlers(
  context: DeskContext,
  blobs: { has(sha256: string): boolean },
  scope: () => Promise<Scope> = scopeReader(context),
) {
  const { db, clock } = context;
  const deviceName = (id: Id): string | null => {
    const device = context.device();
    return device?.id === id ? device.name : null;
  };
  return {
    'expenses.page': async ({ filter, sort, offset, limit }) => ({
      rows: [...(await expensePage(db, await scope(), filter, sort, { offset, limit }))],
    }),
    'expenses.totals': async ({ filter }) => expenseTotals(db, await scope(), filter),
    'expenses.get': async ({ id }) => {
      const { personId } = context.requireSession();
      const hasBlob = (sha256: string): boolean => blobs.has(sha256);
      const deviceId = context.device()?.id ?? null;
      return expenseView(db, await scope(), { id, personId, deviceId, deviceName, hasBlob });
    },
    'vouchers.page': async ({ filter, offset, limit }) => ({
      rows: await voucherPage(db, await scope(), filter, { offset, limit }),
    }),
    'vouchers.totals': async ({ filter }) => voucherTotals(db, await scope(), filter),
    'vouchers.get': async ({ id }) => {
      const { personId } = context.requireSession();
      const hasBlob = (sha256: string): boolean => blobs.has(sha256);
      return voucherView(db, await scope(), { id, personId, deviceName, hasBlob });
    },
    'bills.open': async ({ collegeId, vendorId }) => {
      context.requireCollege(collegeId);
      return openBills(db, collegeId, vendorId);
    },
    'chart.get': async ({ collegeId, financialYear }) => {
      context.requireCollege(collegeId);
      return chartOf(db, collegeId, financialYear);
    },
    'approvals.inbox': async (question) => {
      const { personId } = context.requireSession();
      return approvalsInbox(db, await scope(), { ...question, personId, now: clock.now() });
    },
    'vendors.page': async (question) => vendorsPage(db, await scope(), question),
    'vendors.get': async ({ id }) => vendorView(db, await scope(), id),
    'vouchers.search': async ({ collegeId, text, offset, limit }) => {
      context.requireCollege(collegeId);
      const { rows, meant } = await searchVouchers(db, collegeId, text, { offset, limit });
      return { rows: [...rows], meant: [...meant] };
    },
    'masters.get': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      const { categories, accounts } = await mastersOf(db, collegeId);
      return {
        categories: categories.map(
          ({ code, label, labelHi, requiresApproval, receiptThresholdPaise, defaultAccountCode }) => ({
            code,
            label,
            labelHi,
            requiresApproval,
            receiptThresholdPaise,
            defaultAccountCode,
          }),
        ),
        accounts: accounts.map(({ code, name, kind, role }) => ({ code, name, kind, role })),
      };
    },
    'budgets.list': async ({ collegeId, financialYear }) => {
      context.requireCollege(collegeId);
      return budgetList(db, collegeId, checkedYear(financialYear));
    },
    'audit.page': async (question) => {
      context.requireCollege(question.collegeId);
      const { rows, count } = await auditPage(db, { ...question, deviceName });
      return { rows: [...rows], count };
    },
    'audit.verify': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      return verifyAudit(db, collegeId, context.digest, () => pause(context));
    },
    'periods.list': async ({ collegeId }) => {
      const { personId } = context.requireSession();
      context.requireCollege(collegeId);
      return { years: [...(await periodList(db, { collegeId, personId, today: istDate(clock.now()) }))] };
    },
    'consolidation.summary': async ({ financialYear }) =>
      consolidationSummary(db, await scope(), checkedYear(financialYear), clock.now()),
    'drafts.save': async ({ form, content }) => {
      const { personId } = context.requireSession();
      await saveDraft(context, personId, form, content);
      return {};
    },
    'drafts.get': async ({ form }) => {
      const { personId } = context.requireSession();
      const [draft] = await db
        .select({ content: drafts.content })
        .from(drafts)
        .where(and(eq(drafts.personId, personId), eq(drafts.form, form)));
      return { content: draft?.content ?? null };
    },
  } satisfies HandlerMap;
}

/** Lets calls that wait run before the next step of long work. */
export const pause = (context: Pick<DeskContext, 'clock'>): Promise<void> =>
  new Promise((resolve) => {
    context.clock.after(0, resolve);
  });

function checkedYear(financialYear: string): string {
  if (!isFinancialYear(financialYear)) throw new MunimError('INPUT_INVALID', { where: 'financialYear' });
  return financialYear;
}

/** What was typed into a form; null forgets it. */
async function saveDraft(context: DeskContext, personId: Id, form: string, content: string | null): Promise<void> {
  const { db, clock } = context;
  if (content === null) {
    await db.delete(drafts).where(and(eq(drafts.personId, personId), eq(drafts.form, form)));
    return;
  }
  await db
    .insert(drafts)
    .values({ personId, form, content, savedAt: clock.now() })
    .onConflictDoUpdate({
      target: [drafts.personId, drafts.form],
      set: { content: sql`excluded."content"`, savedAt: sql`excluded."saved_at"` },
    });
}
