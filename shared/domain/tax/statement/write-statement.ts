import type { FinancialYear } from '../../../kernel/dates.ts';
import { type Paise, sumPaise } from '../../../kernel/money.ts';
import {
  type BatchHeader,
  batchHeader,
  type ChallanDetail,
  challanDetail,
  type DeducteeDetail,
  deducteeDetail,
  type FileHeader,
  fileHeader,
} from './layouts.ts';
import type { StatementChallan, StatementDeductee, TdsStatement } from './model.ts';
import { writeRow } from './rows.ts';

/** Every record ends so, the last one too. */
export const endOfRecord = '\r\n';
export const only = 1;

/**
 * The text file of a statement, for the validation utility of the Department. What it says is as true as the statement: `checkStatement` has
 * to be asked before.
 * @returns ASCII, records of `^` between fields, each ended by CR and LF
 */
export function writeStatement(statement: TdsStatement): string {
  const lines = [writeRow(fileHeader, 1, headerOf(statement)), writeRow(batchHeader, 2, batchOf(statement))];
  for (const [at, challan] of statement.challans.entries()) {
    lines.push(writeRow(challanDetail, lines.length + 1, challanRow(challan, at + 1)));
    for (const [place, deductee] of challan.deductees.entries()) {
      lines.push(writeRow(deducteeDetail, lines.length + 1, deducteeRow(deductee, place + 1, at + 1)));
    }
  }
  return lines.map((line) => line + endOfRecord).join('');
}

export const fileTypeOf = ({ form }: Pick<TdsStatement, 'form'>): FileHeader['fileType'] =>
  form === '138' ? 'SL1' : 'NS1';

/** `2026-27` → `202627` */
export const yearText = (year: FinancialYear): string => year.replace('-', '');

/** The year after, in which the income of a tax year used to be assessed. */
export function yearAfter(year: FinancialYear): FinancialYear {
  const first = Number(year.slice(0, 4)) + 1;
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

const headerOf = (statement: TdsStatement): FileHeader => ({
  fileType: fileTypeOf(statement),
  uploadType: 'R',
  createdOn: statement.createdOn,
  sequence: only,
  uploader: 'D',
  tan: statement.deductor.tan,
  batches: only,
  software: statement.software,
});

function batchOf(statement: TdsStatement): BatchHeader {
  const { deductor, challans } = statement;
  const { responsible } = deductor;
  const [address, ownAddress] = [deductor.address, responsible.address];
  return {
    batch: only,
    challans: challans.length,
    form: statement.form,
    tan: deductor.tan,
    pan: deductor.pan,
    assessmentYear: yearText(yearAfter(statement.taxYear)),
    taxYear: yearText(statement.taxYear),
    quarter: statement.quarter,
    name: deductor.name,
    country: deductor.country,
    address1: address[0] ?? '',
    address2: address[1] ?? null,
    address3: address[2] ?? null,
    address4: address[3] ?? null,
    address5: address[4] ?? null,
    stateCode: deductor.stateCode,
    pin: deductor.pin,
    email: deductor.email,
    countryCode: deductor.countryCode,
    phone: deductor.phone,
    kind: deductor.kind,
    ownName: responsible.name,
    ownDesignation: responsible.designation,
    ownAddress1: ownAddress[0] ?? '',
    ownAddress2: ownAddress[1] ?? null,
    ownAddress3: ownAddress[2] ?? null,
    ownAddress4: ownAddress[3] ?? null,
    ownAddress5: ownAddress[4] ?? null,
    ownStateCode: responsible.stateCode,
    ownPin: responsible.pin,
    ownEmail: responsible.email,
    ownCountry: responsible.country,
    ownCountryCode: responsible.countryCode,
    ownPhone: responsible.phone,
    totalPaise: sumPaise(challans.map(totalOfChallan)),
    isFiledEarlier: statement.isFiledEarlier,
    governmentStateCode: deductor.governmentStateCode,
    ownPan: responsible.pan,
    accountsOffice: deductor.accountsOffice,
  };
}

/** What was paid in with one challan. */
export const totalOfChallan = ({ taxPaise, interestPaise, feePaise, penaltyPaise }: StatementChallan): Paise =>
  taxPaise + interestPaise + feePaise + penaltyPaise;

export const deductedOf = ({ deductees }: StatementChallan): Paise =>
  sumPaise(deductees.map(({ taxPaise }) => taxPaise));

function challanRow(challan: StatementChallan, number: number): ChallanDetail {
  const { taxPaise, interestPaise, feePaise, penaltyPaise, mode, bsrCode, serial, date, minorHead } = challan;
  const deducted = deductedOf(challan);
  return {
    ...{ batch: only, number, deductees: challan.deductees.length, isNil: false },
    ...{ taxPaise, interestPaise, feePaise, penaltyPaise, totalPaise: totalOfChallan(challan) },
    ...{ mode, bsrCode, serial, date, minorHead },
    ...{ deductedPaise: deducted, depositedPaise: deducted },
  };
}

function deducteeRow(deductee: StatementDeductee, number: number, challan: number): DeducteeDetail {
  return { ...deductee, batch: only, number, challan, mode: 'O', depositedPaise: deductee.taxPaise };
}
