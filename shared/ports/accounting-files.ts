import type { ExchangeMasters, ExchangeVoucher } from '../domain/exchange/model.ts';
import type { LeftOut } from './accounting-link.ts';

export interface AccountingFile {
  readonly masters: ExchangeMasters;
  readonly vouchers: readonly ExchangeVoucher[];
  readonly leftOut: readonly LeftOut[];
}

/** Files by which books go to another accounting program and come from it. */
export interface AccountingFiles {
  readonly extension: string;
  readonly mime: string;
  /** Masters have to be imported there before the vouchers. */
  mastersFile(masters: ExchangeMasters): Uint8Array;
  vouchersFile(vouchers: readonly ExchangeVoucher[]): Uint8Array;
  /** Errors: TALLY_XML_BROKEN, TALLY_XML_UNSAFE, TALLY_TOO_LARGE. */
  read(chunks: AsyncIterable<Uint8Array>): Promise<AccountingFile>;
}
