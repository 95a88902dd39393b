import type { ExchangeMasters, ExchangeVoucher } from '../domain/exchange/model.ts';
import type { IsoDate } from '../kernel/dates.ts';
import type { Refusal } from '../kernel/errors.ts';

export interface LinkProgress {
  readonly done: number;
  readonly total: number;
}

export interface LinkCall {
  readonly company: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: LinkProgress) => void;
}

export interface SentMasters {
  readonly created: number;
  readonly altered: number;
}

export interface RefusedVoucher {
  readonly voucher: ExchangeVoucher;
  readonly refusal: Refusal;
}

export interface SentVouchers {
  readonly created: number;
  /** Also those that went twice because another one of their batch was refused, or an answer was lost. */
  readonly altered: number;
  /** What the other program did not take, each with its reason; everything else is there. */
  readonly refused: readonly RefusedVoucher[];
}

/** A record of the other program that was left out. */
export interface LeftOut {
  readonly record: string;
  readonly name: string;
  readonly reason: string;
  /** In what the other program gave. */
  readonly line: number;
}

export interface FetchedMasters {
  readonly masters: ExchangeMasters;
  readonly leftOut: readonly LeftOut[];
}

export interface FetchedVouchers {
  readonly vouchers: readonly ExchangeVoucher[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The way to another accounting program on the network of the office. Sending the same again leaves it as sending once does. Every call
 * throws MunimError: TALLY_…, or CANCELLED when the signal is raised; what was sent until then stays there.
 */
export interface AccountingLink {
  /** The companies that are open there. */
  companies(signal: AbortSignal): Promise<readonly string[]>;
  sendMasters(masters: ExchangeMasters, call: LinkCall): Promise<SentMasters>;
  /** Their ledgers have to be there: masters go first. */
  sendVouchers(vouchers: readonly ExchangeVoucher[], call: LinkCall): Promise<SentVouchers>;
  fetchMasters(call: LinkCall): Promise<FetchedMasters>;
  fetchVouchers(period: { readonly first: IsoDate; readonly last: IsoDate }, call: LinkCall): Promise<FetchedVouchers>;
  close(): Promise<void>;
}
