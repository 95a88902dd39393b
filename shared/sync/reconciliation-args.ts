import { z } from 'zod';
import type { ReconcilingArgs } from '../domain/reconciliation/args.ts';
import { limits } from '../kernel/limits.ts';
import {
  zCode,
  zComment,
  zDay,
  zId,
  zMonth,
  zName,
  zOptional,
  zPaise,
  zReason,
  zRevision,
  zText,
} from './arg-kinds.ts';

/** The wire form of the commands about statements and what of them the books have. See command-args.ts. */
const zBankText = zOptional(limits.text.descriptionMax);
const zStatementLine = z.strictObject({
  lineNo: z.int().positive(),
  occurrence: z.int().positive(),
  date: zDay,
  valueDate: zDay.nullable(),
  narration: zText,
  reference: zBankText,
  chequeNo: zBankText,
  debitPaise: zPaise,
  creditPaise: zPaise,
  balancePaise: zPaise.nullable(),
});
const zMatch = z.strictObject({
  matchId: zId,
  lineIds: z.array(zId).max(limits.reconciliation.sideMax),
  entryIds: z.array(zId).max(limits.reconciliation.sideMax),
  pass: z.enum(['utr', 'reference', 'party', 'batch', 'rule', 'manual']),
  because: zComment,
});
export const zBankRuleFields = z.strictObject({
  bankAccountId: zId.nullable(),
  words: zName,
  direction: z.enum(['in', 'out']),
  accountCode: zCode,
  narration: zText,
  isActive: z.boolean(),
});

const zPostedSide = z.strictObject({
  accountCode: zCode,
  vendorId: zId.nullable(),
  departmentCode: zCode.nullable(),
  fundCode: zCode.nullable(),
  debitPaise: zPaise,
  creditPaise: zPaise,
});

export const reconciliationArgs = {
  'statement.import': z.strictObject({
    statementId: zId,
    bankAccountId: zId,
    format: z.enum(['mt940', 'camt053', 'ofx', 'sheet', 'api']),
    fileName: zName.nullable(),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
    from: zDay,
    to: zDay,
    openingPaise: zPaise.nullable(),
    closingPaise: zPaise.nullable(),
    lines: z.array(zStatementLine).max(limits.reconciliation.linesPerCommand),
  }),
  'reconciliation.match': z.strictObject({
    bankAccountId: zId,
    matches: z.array(zMatch).min(1).max(limits.reconciliation.matchesPerCommand),
  }),
  'reconciliation.undo': z.strictObject({ matchId: zId, reason: zReason }),
  'reconciliation.post': z.strictObject({
    bankAccountId: zId,
    match: zMatch,
    voucherId: zId,
    narration: zText,
    lines: z.array(zPostedSide).min(1).max(limits.reconciliation.postLinesMax),
  }),
  'bankRule.set': z.strictObject({ ruleId: zId, revision: zRevision, fields: zBankRuleFields }),
  'fees.reconcile': z.strictObject({
    month: zMonth,
    bankAccountId: zId,
    collectionsPaise: zPaise,
    depositsPaise: zPaise,
    status: z.enum(['matched', 'discrepancies']),
    discrepancies: z
      .array(
        z.strictObject({
          reference: zOptional(limits.text.nameMax),
          amountPaise: zPaise.nullable(),
          reason: zComment,
        }),
      )
      .max(limits.reconciliation.discrepanciesMax),
  }),
} satisfies { readonly [N in keyof ReconcilingArgs]: z.ZodType<ReconcilingArgs[N]> };
