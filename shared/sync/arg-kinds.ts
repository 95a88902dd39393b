import { z } from 'zod';
import { isFinancialYear, isIsoDate } from '../kernel/dates.ts';
import { isId } from '../kernel/ids.ts';
import { limits } from '../kernel/limits.ts';
import { PAISE_MAX } from '../kernel/money.ts';

/** What the arguments of commands are made of, as they are on the wire. Amounts are paise as bigint. */
export const zId = z.string().refine(isId);
export const zDay = z.string().refine(isIsoDate);
export const zYear = z.string().refine(isFinancialYear);
export const zMonth = z.string().refine((text) => isIsoDate(`${text}-01`));
export const zPaise = z.bigint().gte(-PAISE_MAX).lte(PAISE_MAX);
export const zRole = z.enum([
  'college_accounts_admin',
  'principal',
  'super_accountant',
  'auditor',
  'it_admin',
  'superuser',
]);

/** Text that every database keeps as it is: whole characters, and no zero byte. */
export const zWords = z.string().refine((text) => text.isWellFormed() && !text.includes('\0'));
export const zName = zWords.min(1).max(limits.text.nameMax);
export const zText = zWords.max(limits.text.descriptionMax);
export const zComment = zWords.max(limits.text.commentMax);
export const zReason = zComment.min(1);
export const zCode = zWords.min(1).max(limits.text.codeMax);
export const zOptional = (max: number) => zWords.min(1).max(max).nullable();
export const zRevision = z.int().nonnegative();

/** A field of an edit, see domain/command/field-edit.ts. */
export const edit = <T extends z.ZodType>(field: T) => z.strictObject({ from: field, to: field }).exactOptional();
