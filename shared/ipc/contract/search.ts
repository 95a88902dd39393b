import { z } from 'zod';
import { zDay, zId, zPaise } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zVoucherView } from './expenses.ts';
import { zCollegeId, zSearch, zWindow } from './lists.ts';

export const zFoundVoucher = z.strictObject({
  id: zId,
  date: zDay,
  /** Null until the server has given one. */
  number: z.string().nullable(),
  kind: zVoucherView.shape.kind,
  party: z.string().nullable(),
  narration: z.string(),
  reference: z.string().nullable(),
  totalPaise: zPaise,
  /** A change of this desk that the server has not confirmed yet. */
  pending: z.boolean(),
});
export interface FoundVoucher extends Readonly<z.infer<typeof zFoundVoucher>> {}

export const searchChannels = {
  /** Vouchers that have every word in number, party, reference or narration or, of a word that is an amount, as total or on a line. */
  'vouchers.search': channel(
    z.strictObject({ collegeId: zCollegeId, text: zSearch, ...zWindow }),
    z.strictObject({
      rows: z.array(zFoundVoucher),
      /** The words that were looked for instead, when nothing was found as typed. */
      meant: z.array(z.string()),
    }),
  ),
} as const;
