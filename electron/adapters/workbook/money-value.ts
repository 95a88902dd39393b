import { MunimError } from '../../../shared/kernel/errors.ts';
import { decimalText, formatPaise, type Paise } from '../../../shared/kernel/money.ts';

/** 15 digits are exact in the floats a workbook keeps: below ten lakh crore rupees to the paisa. */
const EXACT_PAISE_MAX = 10n ** 15n;

/** An amount as a cell of a workbook holds it, the nearest float of a text of at most 15 digits. Errors: EXPORT_AMOUNT_TOO_LARGE */
export function moneyValue(paise: Paise): number {
  if (paise >= EXACT_PAISE_MAX || paise <= -EXACT_PAISE_MAX)
    throw new MunimError('EXPORT_AMOUNT_TOO_LARGE', { amount: formatPaise(paise) });
  return Number(decimalText(paise));
}
