import { limits } from '../../kernel/limits.ts';
import type { Paise } from '../../kernel/money.ts';
import type { PaymentMode } from './news.ts';

/** RTGS begins at two lakh rupees, inclusive; below it there is NEFT, which has no least amount. */
export const modeOf = (amountPaise: Paise): PaymentMode =>
  amountPaise >= limits.payment.rtgsFromPaise ? 'rtgs' : 'neft';
