import type { ExchangeVoucher } from '../../../domain/exchange/model.ts';
import { type Refusal, refusal } from '../../../kernel/errors.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import type { HttpResponse, Operation } from '../../operation.ts';
import { readDate } from './amounts.ts';
import { bodyOf, type ImportVerdict, importVerdict, refusalOf, refusalRecords } from './answers.ts';
import {
  companiesRequest,
  importRequest,
  mastersRequest,
  type Period,
  type RequestFrame,
  vouchersRequest,
} from './envelope.ts';
import { MastersReader, masterRecords, type TallyMasters } from './read-masters.ts';
import { readVoucher } from './read-voucher.ts';
import type { SkippedRecord, SkipReason } from './skipped.ts';
import { voucherXml } from './write-voucher.ts';
import { attributeOf, readRecords, textOf, type XmlNode } from './xml-reader.ts';
import type { TallyEncoding } from './xml-text.ts';

export interface TallyVouchers {
  readonly vouchers: readonly ExchangeVoucher[];
  readonly skipped: readonly SkippedRecord[];
}

/** The companies that are open in Tally, by name. */
export const listCompanies: Operation<{ readonly encoding?: TallyEncoding }, readonly string[]> = {
  name: 'tally.companies',
  isRepeatable: true,
  request: ({ encoding }) => companiesRequest(encoding),
  response(response) {
    const names: string[] = [];
    const done = readExport(response, '', new Set(['COMPANY']), (record) => {
      const name = attributeOf(record, 'NAME') ?? textOf(record, 'NAME');
      if (name !== null) names.push(name);
    });
    return done.ok ? ok(names) : done;
  },
};

/** A part of the masters as messages; `mastersXml` makes them, and who sends them cuts them to a size that Tally takes. */
export interface MastersBatch extends RequestFrame {
  readonly records: readonly string[];
}

/** Creates masters, or alters those of the same name. */
export const importMasters: Operation<MastersBatch, ImportVerdict> = {
  name: 'tally.import_masters',
  isRepeatable: true,
  request: (input) => importRequest('All Masters', input.records, input),
  response: (response, { records, company }) => importVerdict(response, { records: records.length, company }),
};

export interface VouchersBatch extends RequestFrame {
  readonly vouchers: readonly ExchangeVoucher[];
}

/** Enters vouchers, or alters those of the same REMOTEID. */
export const importVouchers: Operation<VouchersBatch, ImportVerdict> = {
  name: 'tally.import_vouchers',
  isRepeatable: true,
  request: (input) => importRequest('Vouchers', input.vouchers.map(voucherXml), input),
  response: (response, { vouchers, company }) => importVerdict(response, { records: vouchers.length, company }),
};

/** All groups, ledgers with their opening balances, cost centres and types of voucher. */
export const exportMasters: Operation<RequestFrame, TallyMasters> = {
  name: 'tally.export_masters',
  isRepeatable: true,
  request: mastersRequest,
  response(response, { company }) {
    const reader = new MastersReader();
    const done = readExport(response, company, masterRecords, (record) => reader.add(record));
    return done.ok ? ok(reader.end()) : done;
  },
};

export interface VouchersOfPeriod extends RequestFrame {
  readonly period: Period;
  /** Of the company's masters, by which its own types of voucher are known. */
  readonly voucherTypes: ReadonlyMap<string, string>;
}

/** The vouchers of a period. Tally does not always keep to it, so what is of other days is left out here. */
export const exportVouchers: Operation<VouchersOfPeriod, TallyVouchers> = {
  name: 'tally.export_vouchers',
  isRepeatable: true,
  request: (input) => vouchersRequest(input, input.period),
  response(response, { company, period, voucherTypes }) {
    const reader = new VouchersReader(voucherTypes, period);
    const done = readExport(response, company, voucherRecords, (record) => reader.add(record));
    return done.ok ? ok(reader.end()) : done;
  },
};

export const voucherRecords: ReadonlySet<string> = new Set(['VOUCHER']);

/** Gathers vouchers and what was left out of them. */
export class VouchersReader {
  readonly #voucherTypes: ReadonlyMap<string, string>;
  readonly #period: Period | null;
  readonly #vouchers: ExchangeVoucher[] = [];
  readonly #skipped: SkippedRecord[] = [];

  constructor(voucherTypes: ReadonlyMap<string, string>, period: Period | null) {
    this.#voucherTypes = voucherTypes;
    this.#period = period;
  }

  add(record: XmlNode): void {
    const read: Result<ExchangeVoucher, SkipReason> = this.#isOutside(record)
      ? err('outside_period')
      : readVoucher(record, this.#voucherTypes);
    if (read.ok) {
      this.#vouchers.push(read.value);
      return;
    }
    const name = textOf(record, 'VOUCHERNUMBER') ?? attributeOf(record, 'REMOTEID') ?? '';
    this.#skipped.push({ record: record.name, name, reason: read.error, line: record.line });
  }

  end(): TallyVouchers {
    return { vouchers: this.#vouchers, skipped: this.#skipped };
  }

  /** A day that cannot be read is the voucher's own fault. */
  #isOutside(record: XmlNode): boolean {
    const date = readDate(textOf(record, 'DATE') ?? '');
    return this.#period !== null && date !== undefined && (date < this.#period.first || date > this.#period.last);
  }
}

/** Refusals: TALLY_BAD_ANSWER, TALLY_EMPTY_ANSWER, TALLY_NO_COMPANY, TALLY_REFUSED, TALLY_XML_… */
function readExport(
  response: HttpResponse,
  company: string,
  records: ReadonlySet<string>,
  onRecord: (record: XmlNode) => void,
): Result<null, Refusal> {
  const body = bodyOf(response);
  if (!body.ok) return body;
  const lineErrors: string[] = [];
  const done = readRecords([body.value], {
    records: new Set([...records, ...refusalRecords]),
    onRecord(record) {
      if (!refusalRecords.has(record.name)) {
        onRecord(record);
        return;
      }
      for (const said of [record, ...record.children]) if (said.text.trim() !== '') lineErrors.push(said.text.trim());
    },
  });
  if (!done.ok) return done;
  const refused = refusalOf(lineErrors, company);
  if (refused !== undefined) return err(refused);
  return done.value === 'ENVELOPE' ? ok(null) : err(refusal('TALLY_BAD_ANSWER', { detail: 'no export of Tally' }));
}
