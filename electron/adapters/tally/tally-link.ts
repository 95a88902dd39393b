import {
  exportMasters,
  exportVouchers,
  importMasters,
  importVouchers,
  listCompanies,
} from '../../../shared/connectors/accounting/tally/operations.ts';
import type { TallyMasters } from '../../../shared/connectors/accounting/tally/read-masters.ts';
import { mastersXml } from '../../../shared/connectors/accounting/tally/write-masters.ts';
import type { Operation } from '../../../shared/connectors/operation.ts';
import type { ExchangeMasters, ExchangeVoucher } from '../../../shared/domain/exchange/model.ts';
import { exchangeKey } from '../../../shared/domain/exchange/names.ts';
import { addDays, type IsoDate } from '../../../shared/kernel/dates.ts';
import { MunimError, type Refusal, toMunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { Result } from '../../../shared/kernel/result.ts';
import type {
  AccountingLink,
  FetchedMasters,
  FetchedVouchers,
  LeftOut,
  LinkCall,
  RefusedVoucher,
  SentMasters,
  SentVouchers,
} from '../../../shared/ports/accounting-link.ts';
import { TallyHttp, type TallyHttpOptions } from './tally-http.ts';

/** Tally on a PC of the office, over its XML port. */
export class TallyLink implements AccountingLink {
  readonly #http: TallyHttp;

  constructor(options: TallyHttpOptions) {
    this.#http = new TallyHttp(options);
  }

  companies(signal: AbortSignal): Promise<readonly string[]> {
    return this.#do(listCompanies, {}, signal);
  }

  async sendMasters(masters: ExchangeMasters, call: LinkCall): Promise<SentMasters> {
    const { company, signal, onProgress } = call;
    const records = mastersXml(masters);
    const sum = { created: 0, altered: 0 };
    let done = 0;
    for (const batch of slices(records, limits.tally.mastersPerRequest)) {
      await this.#needOpen(company, signal);
      const { created, altered } = await this.#do(importMasters, { company, records: batch }, signal);
      sum.created += created;
      sum.altered += altered;
      done += batch.length;
      onProgress?.({ done, total: records.length });
    }
    return sum;
  }

  async sendVouchers(vouchers: readonly ExchangeVoucher[], call: LinkCall): Promise<SentVouchers> {
    const sum = { created: 0, altered: 0 };
    const refused: RefusedVoucher[] = [];
    let done = 0;
    for (const batch of slices(vouchers, limits.tally.vouchersPerRequest)) {
      const sent = await this.#sendBatch(batch, call);
      sum.created += sent.created;
      sum.altered += sent.altered;
      refused.push(...sent.refused);
      done += batch.length;
      call.onProgress?.({ done, total: vouchers.length });
    }
    return { ...sum, refused };
  }

  async fetchMasters({ company, signal }: LinkCall): Promise<FetchedMasters> {
    await this.#needOpen(company, signal);
    const masters = await this.#do(exportMasters, { company }, signal);
    return { masters, leftOut: masters.skipped };
  }

  /** Month by month, so that no answer is larger than Tally and the desk can hold. */
  async fetchVouchers(
    period: { readonly first: IsoDate; readonly last: IsoDate },
    { company, signal, onProgress }: LinkCall,
  ): Promise<FetchedVouchers> {
    await this.#needOpen(company, signal);
    const { voucherTypes }: TallyMasters = await this.#do(exportMasters, { company }, signal);
    const months = monthsOf(period);
    const vouchers: ExchangeVoucher[] = [];
    const leftOut: LeftOut[] = [];
    for (const [index, month] of months.entries()) {
      const read = await this.#do(exportVouchers, { company, period: month, voucherTypes }, signal);
      vouchers.push(...read.vouchers);
      // What is of other months comes with its own.
      leftOut.push(...read.skipped.filter(({ reason }) => reason !== 'outside_period'));
      onProgress?.({ done: index + 1, total: months.length });
    }
    return { vouchers, leftOut };
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  /**
   * Tally counts what it refuses and names only some of it, so a batch of which anything was refused goes again one by one. Those that
   * were taken the first time are altered to what they are.
   */
  async #sendBatch(batch: readonly ExchangeVoucher[], call: LinkCall): Promise<SentVouchers> {
    const { company, signal } = call;
    await this.#needOpen(company, signal);
    const sent = await this.#try(importVouchers, { company, vouchers: batch }, signal);
    if (sent.ok) return { ...sent.value, refused: [] };
    const [first, ...others] = batch;
    if (first === undefined || !isOfRecord(sent.error)) throw thrownOf(sent.error);
    if (others.length === 0) return { created: 0, altered: 0, refused: [{ voucher: first, refusal: sent.error }] };
    const sum = { created: 0, altered: 0 };
    const refused: RefusedVoucher[] = [];
    for (const voucher of batch) {
      const one = await this.#sendBatch([voucher], call);
      sum.created += one.created;
      sum.altered += one.altered;
      refused.push(...one.refused);
    }
    return { ...sum, refused };
  }

  /** What is imported for a company that is not open goes into the one that is. */
  async #needOpen(company: string, signal: AbortSignal): Promise<void> {
    const open = await this.companies(signal);
    if (open.some((name) => exchangeKey(name) === exchangeKey(company))) return;
    throw new MunimError('TALLY_NO_COMPANY', { company });
  }

  async #do<Input, Output>(operation: Operation<Input, Output>, input: Input, signal: AbortSignal): Promise<Output> {
    const done = await this.#try(operation, input, signal);
    if (done.ok) return done.value;
    throw thrownOf(done.error);
  }

  /** Asks again after an answer that did not come, where asking twice does what asking once does. */
  async #try<Input, Output>(
    operation: Operation<Input, Output>,
    input: Input,
    signal: AbortSignal,
  ): Promise<Result<Output, Refusal>> {
    const sent = operation.request(input);
    for (let tries = 0; ; tries += 1) {
      try {
        return operation.response(await this.#http.send(sent, signal), input);
      } catch (thrown) {
        const isOpen = toMunimError(thrown).code === 'TALLY_TIMEOUT';
        if (!isOpen || !operation.isRepeatable || tries >= limits.tally.retriesMax) throw thrown;
      }
    }
  }
}

/** Refusals that are about what was sent, not about Tally as a whole. */
const isOfRecord = ({ code }: Refusal): boolean => code === 'TALLY_REFUSED' || code === 'TALLY_INCOMPLETE';

const thrownOf = ({ code, details }: Refusal): MunimError => new MunimError(code, details);

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[], void> {
  for (let at = 0; at < items.length; at += size) yield items.slice(at, at + size);
}

interface Days {
  readonly first: IsoDate;
  readonly last: IsoDate;
}

function monthsOf({ first, last }: Days): readonly Days[] {
  const months: Days[] = [];
  for (let from = first; from <= last; ) {
    // The 28th and four days more are in the next month, whichever it is.
    const next = `${addDays(`${from.slice(0, 7)}-28`, 4).slice(0, 7)}-01`;
    const end = addDays(next, -1);
    months.push({ first: from, last: end < last ? end : last });
    from = next;
  }
  return months;
}
