import { accountFacts, reconciledAccounts } from '../../shared/db/queries/reconciliation/accounts.ts';
import {
  entriesToMatch,
  knownLines,
  linesBetween,
  linesToMatch,
  openOf,
} from '../../shared/db/queries/reconciliation/for-matching.ts';
import { reconciliationHead } from '../../shared/db/queries/reconciliation/head.ts';
import { bankRulesOf, matchesOf } from '../../shared/db/queries/reconciliation/matches.ts';
import { openEntries, openLines } from '../../shared/db/queries/reconciliation/open-sides.ts';
import { feesOf, statementsOf } from '../../shared/db/queries/reconciliation/statements.ts';
import { collegeIds } from '../../shared/domain/command/context.ts';
import { istDate } from '../../shared/kernel/dates.ts';
import type { StatementFiles } from '../../shared/ports/statement-files.ts';
import type { FileService, HeldFile } from '../services/files.ts';
import type { JobService } from '../services/jobs.ts';
import { type ReconcileBooks, Reconciler } from '../services/reconcile.ts';
import {
  importStatement,
  planStatement,
  type ReadStatement,
  type StatementBooks,
  type StatementTools,
} from '../services/statements.ts';
import type { DeskContext, HandlerMap } from './desk-context.ts';
import { plainJob } from './file-handlers.ts';
import { proposalWindow } from './proposal-window.ts';
import { pause } from './read-handlers.ts';
import { inOneState } from './report-handlers.ts';

export interface ReconciliationServices {
  readonly files: FileService;
  readonly jobs: JobService;
}

/** How many lines of a statement its preview shows. */
const previewLines = 200;

/** Statements of the banks, and what of them the books have. */
export function reconciliationHandlers(
  context: DeskContext,
  statements: StatementFiles,
  { files, jobs }: ReconciliationServices,
) {
  const { db, clock, random, digest } = context;
  const tools: StatementTools = {
    ...{ files, statements, digest, books: statementBooks(context), pause: () => pause(context) },
  };
  const reconciler = new Reconciler({
    ...{ books: reconcileBooks(context), clock, random, pause: () => pause(context) },
  });
  /** @throws MunimError AUTH_REQUIRED, NOT_FOUND */
  const account = async (question: { readonly collegeId: string; readonly bankAccountId: string }) => {
    context.requireCollege(question.collegeId);
    return accountFacts(db, question.collegeId, question.bankAccountId);
  };
  return {
    'reconciliation.accounts': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      return { rows: await reconciledAccounts(db, collegeId) };
    },
    'reconciliation.head': async (question) => {
      const facts = await account(question);
      return inOneState(db, (tx) => reconciliationHead(tx, facts, question.month, istDate(clock.now())));
    },
    'reconciliation.lines': async ({ offset, limit, ...question }) => {
      const facts = await account(question);
      const rules = await bankRulesOf(db, question.collegeId);
      return inOneState(db, (tx) => openLines(tx, facts, question, { offset, limit }, rules));
    },
    'reconciliation.entries': async ({ offset, limit, ...question }) => {
      const facts = await account(question);
      return inOneState(db, (tx) => openEntries(tx, facts, question, { offset, limit }));
    },
    'reconciliation.matches': async ({ month, offset, limit, ...question }) =>
      matchesOf(db, await account(question), month, { offset, limit }),
    'reconciliation.propose': async ({ to, ...question }) => {
      await account(question);
      const { personId } = context.requireSession();
      return plainJob(jobs.start(personId, 'match', (job) => reconciler.propose(question, to, job)));
    },
    'reconciliation.proposals': async ({ automatic, offset, limit, ...question }) => {
      const facts = await account(question);
      const search = reconciler.search(question);
      const look = (lineIds: readonly string[], entryIds: readonly string[]) => openOf(db, facts, lineIds, entryIds);
      return proposalWindow(search, automatic, { offset, limit }, look);
    },
    'reconciliation.accept': async ({ which, ...question }) => {
      await account(question);
      const { personId } = context.requireSession();
      return plainJob(jobs.start(personId, 'match', (job) => reconciler.accept(question, which, job)));
    },
    'statements.list': async ({ offset, limit, ...question }) =>
      statementsOf(db, await account(question), { offset, limit }),
    'fees.list': async ({ offset, limit, ...question }) => feesOf(db, await account(question), { offset, limit }),
    'statements.preview': async ({ collegeId, fileId, bankAccountId }) => {
      const { personId } = context.requireCollege(collegeId);
      const file = files.whole(personId, fileId, 'import');
      const read = await planStatement(tools, file, { collegeId, bankAccountId }, new AbortController().signal);
      return statementPreview(file, read);
    },
    'statements.import': async ({ collegeId, bankAccountId, fileId }) => {
      await account({ collegeId, bankAccountId });
      const { personId } = context.requireSession();
      const file = files.whole(personId, fileId, 'import');
      const question = { collegeId, bankAccountId };
      return plainJob(jobs.start(personId, 'import', (job) => importStatement(tools, file, question, job)));
    },
    'bankRules.list': async ({ collegeId }) => {
      context.requireCollege(collegeId);
      const rules = await bankRulesOf(db, collegeId);
      return { rows: rules.map(({ collegeId: _, ...rule }) => rule) };
    },
  } satisfies HandlerMap;
}

function statementPreview(file: HeldFile, read: ReadStatement) {
  const { statement, bankAccountId, lines, ids, known, alike, inPaise, outPaise } = read;
  const { format, accountNumber, from, to, openingPaise, closingPaise } = statement;
  return {
    ...{ fileId: file.id, fileName: file.fileName, format, accountNumber, bankAccountId, from, to },
    ...{ openingPaise, closingPaise, inPaise, outPaise, lineCount: lines.length, known: known.size, alike },
    // One whose balances the lines do not make was refused when it was read.
    balance: openingPaise === null ? ('none' as const) : ('fits' as const),
    lines: lines.slice(0, previewLines).map((line, index) => ({
      date: line.date,
      narration: line.narration,
      reference: line.reference,
      chequeNo: line.chequeNo,
      debitPaise: line.debitPaise,
      creditPaise: line.creditPaise,
      balancePaise: line.balancePaise,
      known: known.has(ids[index] ?? ''),
    })),
  };
}

/** The books as the import of statements sees them. */
export function statementBooks(context: DeskContext): StatementBooks {
  const { db, digest } = context;
  return {
    accounts: (collegeId) => reconciledAccounts(db, collegeId),
    knownLines: (collegeId, ids) => knownLines(db, collegeId, ids),
    linesBetween: async (collegeId, bankAccountId, from, to) =>
      linesBetween(db, await accountFacts(db, collegeId, bankAccountId), from, to),
    idFor: (collegeId) => collegeIds(collegeId, digest),
    async enter(collegeId, args) {
      await context.runCommand({ collegeId, name: 'statement.import', args });
    },
  };
}

function reconcileBooks(context: DeskContext): ReconcileBooks {
  const { db } = context;
  return {
    async *lines({ collegeId, bankAccountId }, to) {
      yield* linesToMatch(db, await accountFacts(db, collegeId, bankAccountId), to);
    },
    async *entries({ collegeId, bankAccountId }, to) {
      yield* entriesToMatch(db, await accountFacts(db, collegeId, bankAccountId), to);
    },
    rules: ({ collegeId }) => bankRulesOf(db, collegeId),
    async match(collegeId, args) {
      await context.runCommand({ collegeId, name: 'reconciliation.match', args });
    },
    async post(collegeId, args) {
      await context.runCommand({ collegeId, name: 'reconciliation.post', args });
    },
  };
}
