import { z } from 'zod';
import { checkAccountNumber } from '../../domain/identity/account-number.ts';
import { checkIfsc } from '../../domain/identity/ifsc.ts';
import { isIsoDate } from '../../kernel/dates.ts';
import { isId } from '../../kernel/ids.ts';
import { PAISE_MAX } from '../../kernel/money.ts';
import type {
  AccountQuestion,
  BulkInstruction,
  PaymentInstruction,
  PaymentQuestion,
  StatementQuestion,
} from './bank.ts';

/** RTGS takes nothing below two lakh rupees (RBI); NEFT has no least amount and no cap of the RBI. */
const RTGS_MIN_PAISE = 2_00_000_00n;

const zOrderId = z.string().refine(isId);
const zDay = z.string().refine(isIsoDate);
/** Digits only, leading zeros kept. */
const zAccountNumber = z.string().refine((text) => {
  const read = checkAccountNumber(text);
  return read.ok && read.value === text;
});
const zIfsc = z.string().refine((text) => {
  const read = checkIfsc(text);
  return read.ok && read.value === text;
});
/** Letters and figures: it has to survive every system that it passes through. */
const zReference = z.string().regex(/^[A-Za-z0-9]{1,20}$/);

export const zAccountQuestion: z.ZodType<AccountQuestion> = z.strictObject({ accountNumber: zAccountNumber });

/** @param isPage whether a text is a page as this connector gives them */
export const zStatementQuestion = (isPage: (text: string) => boolean): z.ZodType<StatementQuestion> =>
  z
    .strictObject({ accountNumber: zAccountNumber, from: zDay, to: zDay, page: z.string().refine(isPage).nullable() })
    .refine(({ from, to }) => from <= to, { path: ['to'] });

export const zPaymentInstruction: z.ZodType<PaymentInstruction> = z
  .strictObject({
    orderId: zOrderId,
    reference: zReference,
    debitAccount: zAccountNumber,
    debitIfsc: zIfsc,
    beneficiaryName: z.string().trim().min(1).max(200),
    beneficiaryAccount: zAccountNumber,
    beneficiaryIfsc: zIfsc,
    amountPaise: z.bigint().min(1n).max(PAISE_MAX),
    mode: z.enum(['neft', 'rtgs']),
    purpose: z.string().max(200),
  })
  .refine(({ mode, amountPaise }) => mode !== 'rtgs' || amountPaise >= RTGS_MIN_PAISE, { path: ['amountPaise'] });

/** @param rowsMax how many payments the bank takes at once */
export const zBulkInstruction = (rowsMax: number): z.ZodType<BulkInstruction> =>
  z
    .strictObject({
      batchId: zOrderId,
      debitAccount: zAccountNumber,
      debitIfsc: zIfsc,
      paymentDate: zDay,
      payments: z.array(zPaymentInstruction).min(1).max(rowsMax),
    })
    .refine(({ payments }) => new Set(payments.map(({ reference }) => reference)).size === payments.length, {
      path: ['payments'],
    })
    .refine(({ debitAccount, payments }) => payments.every((payment) => payment.debitAccount === debitAccount), {
      path: ['debitAccount'],
    });

export const zPaymentQuestion: z.ZodType<PaymentQuestion> = z.strictObject({
  orderId: zOrderId,
  reference: zReference,
  providerId: z.string().min(1).max(100).nullable(),
  batchId: zOrderId.nullable(),
  debitAccount: zAccountNumber,
});
