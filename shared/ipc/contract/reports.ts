import { z } from 'zod';
import { reportNames } from '../../domain/report/names.ts';
import { zDay, zId, zWords } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zJob } from './files.ts';
import { zWindow } from './lists.ts';

/** Sums of a college may be larger than any one entry. */
const zSum = z.bigint();
const zCode = zWords.min(1).max(40);

export const zVoucherKind = z.enum([
  'opening',
  'payment',
  'receipt',
  'contra',
  'journal',
  'purchase',
  'sales',
  'debit_note',
  'credit_note',
  'reversal',
]);

const zKinds = z.array(zVoucherKind).max(20).readonly();
const zText = zWords.max(200);

/** A statement as at a date is as at `to`; what does not narrow the report is not looked at. */
export const zReportQuestion = z.strictObject({
  report: z.enum(reportNames),
  collegeId: zId,
  from: zDay,
  to: zDay,
  accountCode: zCode.optional(),
  vendorId: zId.optional(),
  centreCode: zCode.optional(),
  kinds: zKinds.optional(),
  text: zText.optional(),
  language: z.enum(['en', 'hi']),
});

const zCells = z.record(z.string(), z.union([z.string(), z.bigint(), z.int(), z.null()]));
const zRange = z.tuple([z.int().nonnegative(), z.int().nonnegative()]).readonly();
const zLink = z.discriminatedUnion('to', [
  z.strictObject({ to: z.literal('voucher'), id: zId }),
  z.strictObject({ to: z.literal('account'), accountCode: z.string() }),
  z.strictObject({ to: z.literal('vendor'), id: zId }),
  z.strictObject({ to: z.literal('expense'), id: zId }),
  z.strictObject({ to: z.literal('report'), report: z.string(), of: z.record(z.string(), z.string()) }),
]);

const zRow = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('heading'), depth: z.int().nonnegative(), label: z.string() }),
  z.strictObject({
    kind: z.literal('line'),
    depth: z.int().nonnegative(),
    cells: zCells,
    link: zLink.exactOptional(),
  }),
  z.strictObject({
    kind: z.literal('total'),
    depth: z.int().nonnegative(),
    label: z.string(),
    cells: zCells,
    adds: z.array(zRange).readonly(),
    subtracts: z.array(zRange).readonly().exactOptional(),
    strong: z.boolean().exactOptional(),
  }),
]);

/** `ReportDocument` of domain/report/document.ts. */
export const zReportDocument = z.strictObject({
  title: z.string(),
  collegeName: z.string(),
  collegeAddress: z.string(),
  period: z.string(),
  notes: z.array(z.string()).readonly(),
  columns: z
    .array(
      z.strictObject({
        key: z.string(),
        header: z.string(),
        kind: z.enum(['text', 'money', 'date', 'int', 'balance']),
        wide: z.boolean().exactOptional(),
      }),
    )
    .readonly(),
  running: z.strictObject({ debit: z.string(), credit: z.string(), balance: z.string() }).exactOptional(),
  signatures: z.array(z.string()).readonly(),
  language: z.enum(['en', 'hi']),
  rows: z.array(zRow).readonly(),
});

const zVoucherHead = {
  expenseId: zId.nullable(),
  number: z.string().nullable(),
  kind: zVoucherKind,
  date: zDay,
  narration: z.string(),
};

export const reportChannels = {
  /** The whole report; a ledger or day book of many entries is looked at by its pages instead. */
  'reports.get': channel(zReportQuestion, zReportDocument),
  /** The report as a file to save or print. */
  'reports.export': channel(
    z.strictObject({ question: zReportQuestion, format: z.enum(['xlsx', 'csv', 'pdf']) }),
    zJob,
  ),
  'ledger.page': channel(
    z.strictObject({
      collegeId: zId,
      accountCode: zCode,
      from: zDay,
      to: zDay,
      vendorId: zId.optional(),
      centreCode: zCode.optional(),
      ...zWindow,
    }),
    z.strictObject({
      rows: z
        .array(
          z.strictObject({
            voucherId: zId,
            ...zVoucherHead,
            /** The accounts on the other side: the first few names, and how many more there are. */
            particulars: z.array(z.string()).readonly(),
            moreParticulars: z.int(),
            debitPaise: zSum,
            creditPaise: zSum,
            /** After the line, debit positive. */
            balancePaise: zSum,
          }),
        )
        .readonly(),
      /** Before the first row of this page, debit positive. */
      openingPaise: zSum,
      /** Of the whole period. */
      count: z.int(),
      debitPaise: zSum,
      creditPaise: zSum,
      closingPaise: zSum,
    }),
  ),
} as const;
