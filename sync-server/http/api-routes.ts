import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Role } from '../../shared/domain/rows.ts';
import { financialYearBounds, financialYearOf, istDate } from '../../shared/kernel/dates.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { zDay, zId, zRole, zYear } from '../../shared/sync/command-args.ts';
import { readConsolidation } from '../consolidation/read.ts';
import {
  readBudgets,
  readCategories,
  readColleges,
  readExpenses,
  readGlCodes,
  readUsers,
} from '../services/api-reads.ts';
import { collegesWithRole, personOfToken } from '../services/authenticate.ts';
import { read, unwrap } from '../services/checked.ts';
import type { ServerContext } from '../services/context.ts';
import { bearerOf, sendText } from './answer.ts';
import { type ApiValue, rupeesJson } from './api-json.ts';
import * as shapes from './api-shapes.ts';

const everyone: readonly Role[] = [
  'college_accounts_admin',
  'principal',
  'super_accountant',
  'auditor',
  'it_admin',
  'superuser',
];
const booksReaders: readonly Role[] = ['college_accounts_admin', 'principal', 'super_accountant', 'auditor'];
const groupReaders: readonly Role[] = ['super_accountant', 'auditor'];

const zStatus = z.enum([
  'draft',
  'submitted',
  'approved',
  'returned',
  'rejected',
  'payable',
  'paying',
  'paid',
  'reconciled',
  'cancelled',
  'reversed',
]);

interface Route<Q extends z.ZodType, A extends z.ZodType> {
  readonly path: string;
  readonly roles: readonly Role[];
  readonly query: Q;
  readonly answer: A;
  /** @param collegeIds where the person has one of the roles, and only the one he asked for if he named one */
  work(collegeIds: readonly [Id, ...Id[]], query: z.infer<Q>): Promise<z.input<A>>;
}

const collegeQuery = { college_id: zId.optional() };

/** The reads of 001 section 1 for other portals: a signed-in person, his roles, his colleges. */
export function apiRoutes(http: FastifyInstance, context: ServerContext): void {
  const serve = <Q extends z.ZodType, A extends z.ZodType>(route: Route<Q, A>): void => {
    http.get(route.path, async (request: FastifyRequest, reply: FastifyReply) => {
      const person = unwrap(await personOfToken(context, bearerOf(request)));
      const allowed = unwrap(collegesWithRole(person, route.roles));
      const query = read(route.query, request.query);
      const [first, ...others] = narrowed(allowed, query);
      if (first === undefined) throw new MunimError('NOT_FOUND', { what: 'college' });
      const answer = route.answer.parse(await route.work([first, ...others], query));
      return sendText(reply, rupeesJson(answer as ApiValue));
    });
  };
  masters(serve, context);
  books(serve, context);
}

/** A college he has no part in looks like one that does not exist. */
function narrowed(allowed: readonly Id[], query: unknown): readonly Id[] {
  const asked = (query as { readonly college_id?: Id }).college_id;
  return asked === undefined ? allowed : allowed.filter((id) => id === asked);
}

type Serve = <Q extends z.ZodType, A extends z.ZodType>(route: Route<Q, A>) => void;

function masters(serve: Serve, context: ServerContext): void {
  serve({
    path: '/api/v1/colleges',
    roles: everyone,
    query: z.strictObject({}),
    answer: shapes.zCollegesAnswer,
    work: async (collegeIds) => ({
      data: (await readColleges(context, collegeIds)).map(({ id, name, code, isActive, address }) => {
        return { id, name, code, is_active: isActive, address, phone: null };
      }),
    }),
  });
  serve({
    path: '/api/v1/users',
    roles: ['super_accountant', 'auditor', 'it_admin', 'superuser', 'principal'],
    query: z.strictObject({ ...collegeQuery, role: zRole.optional() }),
    answer: shapes.zUsersAnswer,
    work: async (collegeIds, { role }) => ({
      data: (await readUsers(context, collegeIds, role)).map((person) => ({
        id: person.id,
        name: person.name,
        email: person.email,
        role: person.role,
        college_id: person.collegeId,
        is_active: person.isActive,
      })),
    }),
  });
  serve({
    path: '/api/v1/config/gl-codes',
    roles: everyone,
    query: z.strictObject(collegeQuery),
    answer: shapes.zGlCodesAnswer,
    work: async ([collegeId]) => ({
      data: (await readGlCodes(context, collegeId)).map(({ id, code, name, category, isActive }) => {
        return { id, code, name, category, is_active: isActive };
      }),
    }),
  });
  serve({
    path: '/api/v1/config/expense-categories',
    roles: everyone,
    query: z.strictObject(collegeQuery),
    answer: shapes.zCategoriesAnswer,
    work: async ([collegeId]) => ({
      categories: (await readCategories(context, collegeId)).map((category) => ({
        value: category.code,
        label: category.label,
        requires_approval: category.requiresApproval,
        receipt_threshold: category.receiptThresholdPaise,
      })),
    }),
  });
}

function books(serve: Serve, context: ServerContext): void {
  const thisYear = () => financialYearOf(istDate(context.clock.now()));
  serve({
    path: '/api/v1/budgets/summary',
    roles: booksReaders,
    query: z.strictObject({ ...collegeQuery, financial_year: zYear.optional() }),
    answer: shapes.zBudgetsAnswer,
    work: async ([collegeId], { financial_year: year = thisYear() }) => ({
      college_id: collegeId,
      financial_year: year,
      budgets: (await readBudgets(context, collegeId, year)).map((budget) => ({
        category: budget.category,
        allocated_amount: budget.allocatedPaise,
        utilized_amount: budget.utilizedPaise,
        remaining_amount: budget.remainingPaise,
        utilization_percentage: budget.utilizationBp / 100,
        alert_level: budget.alertLevel,
      })),
    }),
  });
  serve({
    path: '/api/v1/expenses/export',
    roles: booksReaders,
    query: z.strictObject({
      ...collegeQuery,
      from_date: zDay.optional(),
      to_date: zDay.optional(),
      status: zStatus.optional(),
    }),
    answer: shapes.zExpensesAnswer,
    work: async (collegeIds, query) => {
      const year = financialYearBounds(thisYear());
      const filter = { from: query.from_date ?? year.first, to: query.to_date ?? year.last, status: query.status };
      const { rows, totalPaise } = await readExpenses(context, collegeIds, filter);
      return {
        data: rows.map((row) => ({
          expense_number: row.number,
          college_id: row.collegeId,
          college_name: row.collegeName,
          category: row.category,
          amount: row.totalPaise,
          expense_date: row.billDate,
          vendor_name: row.vendorName,
          gl_code: row.accountCode,
          status: row.status,
          approved_by_name: row.decidedByName,
          approved_at: row.decidedAt === null ? null : new Date(row.decidedAt).toISOString(),
        })),
        summary: { total_expenses: totalPaise, expense_count: rows.length },
      };
    },
  });
  serve({
    path: '/api/v1/consolidation',
    roles: groupReaders,
    query: z.strictObject({ ...collegeQuery, financial_year: zYear.optional() }),
    answer: shapes.zConsolidationAnswer,
    work: async (collegeIds, { financial_year: year = thisYear() }) => {
      const read = await readConsolidation(context, collegeIds, year);
      return {
        financial_year: year,
        data: read.lines.map((line) => ({
          college_id: line.collegeId,
          college_name: line.collegeName,
          month: line.month,
          category: line.category,
          gl_code: line.accountCode,
          gl_name: line.accountName,
          kind: line.kind,
          debit: line.debitPaise,
          credit: line.creditPaise,
          line_count: line.lineCount,
        })),
        summary: { income: read.incomePaise, expenses: read.expensePaise, net_income: read.surplusPaise },
      };
    },
  });
}
