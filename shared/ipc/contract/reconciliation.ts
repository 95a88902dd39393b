import { z } from 'zod';
import { doubts } from '../../domain/matching/model.ts';
import { limits } from '../../kernel/limits.ts';
import { zDay, zId, zMonth, zPaise } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';
import { zJob } from './files.ts';
import { zSearch, zWindow } from './lists.ts';

/** Statements of the banks in the books, and what of them the books have. */

/** Sums may be larger than any one entry. */
const zSum = z.bigint();
const zAccountQuestion = { collegeId: zId, bankAccountId: zId };
const zPass = z.enum(['utr', 'reference', 'party', 'batch', 'rule', 'manual']);

const zReconciledAccount = z.strictObject({
  id: zId,
  name: z.string(),
  bankName: z.string(),
  accountNumber: z.string(),
  accountCode: z.string(),
  isActive: z.boolean(),
  /** The last day that a statement reaches; null where none came. */
  statementTo: zDay.nullable(),
  openLines: z.int(),
});
export interface ReconciledAccount extends Readonly<z.infer<typeof zReconciledAccount>> {}

const zOpenSide = z.strictObject({ count: z.int(), inPaise: zSum, outPaise: zSum });

/** How bank and books stand to each other on the last day of a month. */
const zReconciliationHead = z.strictObject({
  month: zMonth,
  /** The last day that is looked at: of the month, or today in a month that still runs. */
  to: zDay,
  isClosed: z.boolean(),
  /** What the bank owes us, debit positive. */
  booksPaise: zSum,
  /** The same by the bank; null where no statement says it. */
  bankPaise: zSum.nullable(),
  /** The day of that balance: the last one a statement covers. */
  bankAsOf: zDay.nullable(),
  /** Not matched, up to this day. */
  openLines: zOpenSide,
  openEntries: zOpenSide,
  /** Matches that cleared in this month. */
  matches: z.int(),
});
export interface ReconciliationHead extends Readonly<z.infer<typeof zReconciliationHead>> {}

export const zBankLineView = z.strictObject({
  id: zId,
  date: zDay,
  narration: z.string(),
  reference: z.string().nullable(),
  chequeNo: z.string().nullable(),
  debitPaise: zPaise,
  creditPaise: zPaise,
  balancePaise: zSum.nullable(),
  /** The first rule whose words stand in it: what it would be entered as. */
  rule: z.strictObject({ id: zId, accountCode: z.string(), narration: z.string() }).nullable(),
});
export interface BankLineView extends Readonly<z.infer<typeof zBankLineView>> {}

export const zBookEntryView = z.strictObject({
  /** Of the voucher line. */
  id: zId,
  voucherId: zId,
  expenseId: zId.nullable(),
  number: z.string().nullable(),
  kind: z.string(),
  date: zDay,
  party: z.string().nullable(),
  narration: z.string(),
  reference: z.string().nullable(),
  debitPaise: zPaise,
  creditPaise: zPaise,
});
export interface BookEntryView extends Readonly<z.infer<typeof zBookEntryView>> {}

const zMatchView = z.strictObject({
  id: zId,
  pass: zPass,
  clearedOn: zDay,
  matchedByName: z.string(),
  matchedAt: z.int(),
  /** Money in positive. */
  paise: zSum,
  /** The first of each side, and how many there are. */
  narration: z.string().nullable(),
  lineCount: z.int(),
  number: z.string().nullable(),
  party: z.string().nullable(),
  entryCount: z.int(),
  /** Whether its month is closed, so that it can no longer be undone. */
  locked: z.boolean(),
});
export interface MatchView extends Readonly<z.infer<typeof zMatchView>> {}

/** Why lines and entries are proposed as the same money; the screen says it in words. */
const zBecause = z.strictObject({
  reference: z.string().nullable(),
  party: z.string().nullable(),
  partyWords: z.array(z.string()).readonly(),
  linesPaise: zSum,
  entriesPaise: zSum,
  daysApart: z.int().nullable(),
  doubts: z.array(z.enum(doubts)).readonly(),
});

const zProposalView = z.strictObject({
  /** Its place in the run, by which it is accepted. */
  place: z.int().nonnegative(),
  pass: zPass,
  isAutomatic: z.boolean(),
  because: zBecause,
  /** What would have to be entered first: of a rule the whole line, of a settlement what the gateway kept. */
  posting: z
    .strictObject({
      accountCode: z.string().nullable(),
      narration: z.string().nullable(),
      paise: zPaise,
    })
    .nullable(),
  lines: z.array(zBankLineView.omit({ rule: true, balancePaise: true })).readonly(),
  entries: z.array(zBookEntryView).readonly(),
});
export interface ProposalView extends Readonly<z.infer<typeof zProposalView>> {}

/** What a statement says, held against the books, before anything of it is kept. */
const zStatementPreview = z.strictObject({
  fileId: zId,
  fileName: z.string(),
  format: z.string(),
  /** As the statement gives it. */
  accountNumber: z.string().nullable(),
  /** The account of the books it is of; null where that is not certain and a person has to say. */
  bankAccountId: zId.nullable(),
  from: zDay,
  to: zDay,
  openingPaise: zSum.nullable(),
  closingPaise: zSum.nullable(),
  inPaise: zSum,
  outPaise: zSum,
  lineCount: z.int(),
  /** Those that are there already, where an account is known. */
  known: z.int(),
  /** New ones that look like one that is there, under other words: the same statement in another form. */
  alike: z.int(),
  /** fits: every balance is made by the lines; none: the statement gives no balance. One that does not fit is refused. */
  balance: z.enum(['fits', 'none']),
  /** The first of its lines. */
  lines: z.array(zBankLineView.omit({ id: true, rule: true }).extend({ known: z.boolean() })).readonly(),
});
export interface StatementPreview extends Readonly<z.infer<typeof zStatementPreview>> {}

const zStatementRow = z.strictObject({
  id: zId,
  format: z.string(),
  fileName: z.string().nullable(),
  from: zDay,
  to: zDay,
  openingPaise: zSum.nullable(),
  closingPaise: zSum.nullable(),
  lineCount: z.int(),
  importedByName: z.string(),
  importedAt: z.int(),
});

export interface StatementRow extends Readonly<z.infer<typeof zStatementRow>> {}

const zFeeRow = z.strictObject({
  id: zId,
  month: zMonth,
  collectionsPaise: zSum,
  depositsPaise: zSum,
  /** Null where no statement reaches into the month. */
  statementPaise: zSum.nullable(),
  booksPaise: zSum,
  status: z.enum(['matched', 'discrepancies']),
  /** told: the portal says so, of this reference and for this reason; the others say by how much one side is off. */
  discrepancies: z
    .array(
      z.strictObject({
        what: z.enum(['told', 'deposits', 'statement', 'books']),
        amountPaise: zSum.nullable(),
        reference: z.string().nullable(),
        reason: z.string().nullable(),
      }),
    )
    .readonly(),
  reportedByName: z.string(),
  verifiedAt: z.int(),
});
export interface FeeRow extends Readonly<z.infer<typeof zFeeRow>> {}

const zFetchState = z.strictObject({
  bankAccountId: zId,
  connector: z.string(),
  /** When the bank was asked last since this desk was opened. */
  askedAt: z.int().nullable(),
  added: z.int().nullable(),
  refusal: z.strictObject({ code: z.string(), details: zDetails }).nullable(),
  nextAt: z.int(),
});
export interface FetchStateView extends Readonly<z.infer<typeof zFetchState>> {}

const zBankRuleRow = z.strictObject({
  id: zId,
  bankAccountId: zId.nullable(),
  words: z.string(),
  direction: z.enum(['in', 'out']),
  accountCode: z.string(),
  narration: z.string(),
  isActive: z.boolean(),
  revision: z.int(),
});
export interface BankRuleRow extends Readonly<z.infer<typeof zBankRuleRow>> {}

const zOpenQuestion = z.strictObject({ ...zAccountQuestion, to: zDay, text: zSearch, ...zWindow });

export const reconciliationChannels = {
  'reconciliation.accounts': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({ rows: z.array(zReconciledAccount).readonly() }),
  ),
  'reconciliation.head': channel(z.strictObject({ ...zAccountQuestion, month: zMonth }), zReconciliationHead),
  /** Lines of the bank that belong to no match, oldest first. */
  'reconciliation.lines': channel(
    zOpenQuestion,
    z.strictObject({ rows: z.array(zBankLineView).readonly(), count: z.int() }),
  ),
  /** Lines of vouchers on the account of the bank that belong to no match, oldest first. */
  'reconciliation.entries': channel(
    zOpenQuestion,
    z.strictObject({ rows: z.array(zBookEntryView).readonly(), count: z.int() }),
  ),
  'reconciliation.matches': channel(
    z.strictObject({ ...zAccountQuestion, month: zMonth, ...zWindow }),
    z.strictObject({ rows: z.array(zMatchView).readonly(), count: z.int() }),
  ),
  /** Looks for what belongs together; nothing is accepted by it. The job's `added` are the automatic ones, `refused` those to look at. */
  'reconciliation.propose': channel(z.strictObject({ ...zAccountQuestion, to: zDay }), zJob),
  /** What the last search on this account found, a window of it; empty before one. */
  'reconciliation.proposals': channel(
    z.strictObject({ ...zAccountQuestion, automatic: z.boolean(), ...zWindow }),
    z.strictObject({
      rows: z.array(zProposalView).readonly(),
      automatic: z.int(),
      suggested: z.int(),
      /** When it was searched; null before. */
      foundAt: z.int().nullable(),
    }),
  ),
  /** Accepts all automatic ones of the last search, or those of these places. */
  'reconciliation.accept': channel(
    z.strictObject({
      ...zAccountQuestion,
      which: z.union([z.literal('automatic'), z.array(z.int().nonnegative()).max(limits.list.pageRowsMax)]),
    }),
    zJob,
  ),
  /** Statements that were kept, the latest first. */
  'statements.list': channel(
    z.strictObject({ ...zAccountQuestion, ...zWindow }),
    z.strictObject({ rows: z.array(zStatementRow).readonly(), count: z.int() }),
  ),
  /** What the fee portal said of months, held against statements and books, the latest first. */
  'fees.list': channel(
    z.strictObject({ ...zAccountQuestion, ...zWindow }),
    z.strictObject({ rows: z.array(zFeeRow).readonly(), count: z.int() }),
  ),
  /** Accounts of the college whose statements come from their banks on this desk, for who enters statements. */
  'statements.fetching': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({ rows: z.array(zFetchState).readonly() }),
  ),
  /** Asks the bank of one account at once. The job's `added` and `known` are lines. */
  'statements.fetchNow': channel(z.strictObject(zAccountQuestion), zJob),
  'statements.preview': channel(
    z.strictObject({ collegeId: zId, fileId: zId, bankAccountId: zId.nullable() }),
    zStatementPreview,
  ),
  'statements.import': channel(z.strictObject({ ...zAccountQuestion, fileId: zId }), zJob),
  'bankRules.list': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({ rows: z.array(zBankRuleRow).readonly() }),
  ),
} as const;
