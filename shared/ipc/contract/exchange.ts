import { z } from 'zod';
import { zDay, zId, zPaise } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zJob } from './files.ts';

/** `http://192.168.1.20:9000`: where Tally listens in the network of the office. */
const zHost = z.string().min(1).max(200);

export const exchangeNotesMax = 500;

/** Something of a file that does not go into the books, or goes otherwise than it stands there. */
export const zExchangeNote = z.strictObject({
  what: z.enum(['record', 'ledger', 'costCentre', 'opening', 'voucher', 'bill']),
  /** Of the record, or the number of the voucher. */
  name: z.string(),
  date: zDay.nullable(),
  /** A word of ours, see `tally.reason` in the catalogue. */
  reason: z.string(),
  /** The name in question. */
  detail: z.string().nullable(),
  amountPaise: zPaise.nullable(),
  /** In the file. */
  line: z.int().nullable(),
});
export interface ExchangeNote extends Readonly<z.infer<typeof zExchangeNote>> {}

export const zExchangePreview = z.strictObject({
  fileId: zId,
  fileName: z.string(),
  openingDate: zDay,
  /** Masters that would be made, the first of them by name. */
  masters: z.array(
    z.strictObject({
      what: z.enum(['group', 'account', 'vendor', 'costCentre']),
      code: z.string().nullable(),
      name: z.string(),
    }),
  ),
  masterCounts: z.strictObject({ new: z.int(), known: z.int(), refused: z.int() }),
  opening: z.strictObject({
    state: z.enum(['none', 'new', 'known', 'refused']),
    lines: z.int(),
    totalPaise: zPaise,
  }),
  voucherCounts: z.strictObject({ new: z.int(), known: z.int(), refused: z.int() }),
  /** The first and last day of new vouchers. */
  days: z.strictObject({ first: zDay, last: zDay }).nullable(),
  notes: z.array(zExchangeNote),
  /** Also those that are not listed. */
  noteCount: z.int(),
});
export interface ExchangePreview extends Readonly<z.infer<typeof zExchangePreview>> {}

const zFileQuestion = z.strictObject({
  collegeId: zId,
  fileId: zId,
  /** The last day before the books of the file begin; null for the one that its vouchers suggest. */
  openingDate: zDay.nullable(),
});

export const exchangeChannels = {
  /** The companies that are open in Tally: also the test of the connection. */
  'exchange.companies': channel(z.strictObject({ host: zHost }), z.strictObject({ companies: z.array(z.string()) })),
  /** Masters with the balances on the morning of the first day, or the vouchers of the period. */
  'exchange.export': channel(
    z.discriminatedUnion('way', [
      z.strictObject({
        way: z.literal('file'),
        collegeId: zId,
        from: zDay,
        to: zDay,
        what: z.enum(['masters', 'vouchers']),
      }),
      z.strictObject({
        way: z.literal('tally'),
        collegeId: zId,
        from: zDay,
        to: zDay,
        what: z.enum(['masters', 'vouchers']),
        host: zHost,
        company: z.string().min(1).max(200),
      }),
    ]),
    zJob,
  ),
  'exchange.plan': channel(zFileQuestion, zExchangePreview),
  'exchange.import': channel(zFileQuestion, zJob),
} as const;
