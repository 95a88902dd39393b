import type { FinancialYear } from '../../../kernel/dates.ts';
import { sumPaise } from '../../../kernel/money.ts';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { type BatchHeader, batchHeader, challanDetail, deducteeDetail, fileHeader } from './layouts.ts';
import type { Place, StatementChallan, StatementDeductee, TdsStatement } from './model.ts';
import { kindOfRow, type Layout, type RowFault, readRow } from './rows.ts';
import { deductedOf, endOfRecord, fileTypeOf, only, totalOfChallan, yearAfter, yearText } from './write-statement.ts';

/**
 * Where a file is not one, by the number of its record and field, counted from 1; a field of 0 is the record as a whole.
 * encoding: other characters than those of ASCII; record_end: a record that does not end with CR and LF; total: a total that is not that of its
 * parts; count: another number of records than is said; order: a record that cannot stand there; header: the headers contradict each other.
 */
export interface StatementFault {
  readonly record: number;
  readonly field: number;
  readonly fault: RowFault['fault'] | 'encoding' | 'record_end' | 'total' | 'count' | 'order' | 'header';
}

/**
 * Reads a text file of Form 138 or 140 back, each invariant of it checked. What is read gives the same file again, byte for byte.
 * Whether it is right in law, and not only in itself, says `checkStatement`.
 */
export function readStatement(written: string): Result<TdsStatement, StatementFault> {
  try {
    return ok(new Reader(recordsOf(written)).statement());
  } catch (cause) {
    if (cause instanceof Refused) return err(cause.fault);
    throw cause;
  }
}

/** Unwinds the reading of nested records; never leaves this file. */
class Refused extends Error {
  readonly fault: StatementFault;

  constructor(record: number, field: number, fault: StatementFault['fault']) {
    super(fault);
    this.fault = { record, field, fault };
  }
}

function recordsOf(written: string): readonly string[] {
  const records = written.split(endOfRecord);
  if (records.pop() !== '') throw new Refused(records.length + 1, 0, 'record_end');
  for (const [at, record] of records.entries()) {
    if (/[\r\n]/.test(record)) throw new Refused(at + 1, 0, 'record_end');
    if (/[^ -~]/.test(record)) throw new Refused(at + 1, 0, 'encoding');
  }
  return records;
}

class Reader {
  readonly #records: readonly string[];
  #at = 0;

  constructor(records: readonly string[]) {
    this.#records = records;
  }

  statement(): TdsStatement {
    const file = this.#row(fileHeader);
    const batch = this.#row(batchHeader);
    const year = yearOf(batch.taxYear);
    this.#holds(file.tan === batch.tan && file.fileType === fileTypeOf(batch), 8, 'header');
    this.#holds(file.sequence === only && file.batches === only && batch.batch === only, 3, 'header');
    this.#holds(year !== undefined && batch.assessmentYear === yearText(yearAfter(year)), 16, 'header');
    const at = this.#at;
    const challans: StatementChallan[] = [];
    while (this.#at < this.#records.length) challans.push(this.#challan(challans.length + 1));
    this.#at = at;
    this.#holds(challans.length === batch.challans, 4, 'count');
    this.#holds(sumPaise(challans.map(totalOfChallan)) === batch.totalPaise, 47, 'total');
    return {
      form: batch.form,
      createdOn: file.createdOn,
      software: file.software,
      taxYear: year ?? '',
      quarter: batch.quarter,
      isFiledEarlier: batch.isFiledEarlier,
      deductor: deductorOf(batch),
      challans,
    };
  }

  #challan(number: number): StatementChallan {
    const {
      batch,
      deductees: said,
      isNil,
      totalPaise,
      deductedPaise,
      depositedPaise,
      ...row
    } = this.#row(challanDetail);
    this.#holds(batch === only && row.number === number, 4, 'order');
    const at = this.#at;
    const deductees: StatementDeductee[] = [];
    while (kindOfRow(this.#records[this.#at] ?? '') === deducteeDetail.kind) {
      deductees.push(this.#deductee(deductees.length + 1, number));
    }
    const { number: _, ...challan } = { ...row, deductees };
    const end = this.#at;
    this.#at = at;
    this.#holds(deductees.length === said && !isNil, 5, 'count');
    this.#holds(totalOfChallan(challan) === totalPaise, 12, 'total');
    this.#holds(deductedOf(challan) === deductedPaise, 21, 'total');
    this.#holds(deductedPaise === depositedPaise, 22, 'total');
    this.#at = end;
    return challan;
  }

  #deductee(number: number, challan: number): StatementDeductee {
    const { batch, number: said, challan: of, mode: _, depositedPaise, ...deductee } = this.#row(deducteeDetail);
    this.#holds(batch === only && said === number && of === challan, 4, 'order');
    this.#holds(depositedPaise === deductee.taxPaise, 25, 'total');
    return deductee;
  }

  #row<F extends object>(layout: Layout<F>): F {
    const record = this.#records[this.#at];
    this.#at += 1;
    if (record === undefined) throw new Refused(this.#at, 0, 'count');
    const read = readRow(layout, record, this.#at);
    if ('row' in read) return read.row;
    throw new Refused(this.#at, read.at, read.fault === 'record_type' ? 'order' : read.fault);
  }

  /** @throws Refused for the record that was read last */
  #holds(isSo: boolean, field: number, fault: StatementFault['fault']): void {
    if (!isSo) throw new Refused(this.#at, field, fault);
  }
}

/** `202627` → `2026-27` */
function yearOf(written: string): FinancialYear | undefined {
  const year = `${written.slice(0, 4)}-${written.slice(4)}`;
  const next = (Number(written.slice(2, 4)) + 1) % 100;
  return /^\d{4}-\d{2}$/.test(year) && Number(written.slice(4)) === next ? year : undefined;
}

function deductorOf(batch: BatchHeader): TdsStatement['deductor'] {
  const place = placeOf(batch, [batch.address1, batch.address2, batch.address3, batch.address4, batch.address5]);
  const own = [batch.ownAddress1, batch.ownAddress2, batch.ownAddress3, batch.ownAddress4, batch.ownAddress5];
  const { tan, pan, name, country, kind, governmentStateCode, accountsOffice } = batch;
  return {
    ...{ tan, pan, name, country, kind, governmentStateCode, accountsOffice },
    ...place,
    responsible: {
      ...{ name: batch.ownName, designation: batch.ownDesignation, pan: batch.ownPan, country: batch.ownCountry },
      ...placeOf(
        {
          ...{ stateCode: batch.ownStateCode, pin: batch.ownPin, email: batch.ownEmail },
          ...{ countryCode: batch.ownCountryCode, phone: batch.ownPhone },
        },
        own,
      ),
    },
  };
}

function placeOf(of: Omit<Place, 'address'>, lines: readonly (string | null)[]): Place {
  const { stateCode, pin, email, countryCode, phone } = of;
  const last = lines.findLastIndex((line) => line !== null);
  return { address: lines.slice(0, last + 1).map((line) => line ?? ''), stateCode, pin, email, countryCode, phone };
}
