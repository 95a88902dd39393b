import type { IsoDate } from '../../../kernel/dates.ts';
import type { Paise } from '../../../kernel/money.ts';
import { amount, count, date, oneOf, orNothing, rate, text, yesNo } from './codecs.ts';
import type { Quarter, StatementForm } from './model.ts';
import { field, type Layout } from './rows.ts';

/**
 * The records of the text file for Forms 138 (first three quarters) and 140 from tax year 2026-27 on. Places and counts of Form 140: Protean,
 * file format version 1.0 with the sample that is published beside it. Of Form 138 only that its records have the same counts is known to us;
 * that they have the same places has not been shown.
 */
export interface FileHeader {
  readonly fileType: 'NS1' | 'SL1';
  readonly uploadType: 'R';
  readonly createdOn: IsoDate;
  readonly sequence: number;
  readonly uploader: 'D';
  readonly tan: string;
  readonly batches: number;
  readonly software: string;
}

export const fileHeader: Layout<FileHeader> = {
  kind: 'FH',
  count: 18,
  fields: {
    fileType: field(3, oneOf('NS1', 'SL1')),
    uploadType: field(4, oneOf('R')),
    createdOn: field(5, date),
    sequence: field(6, count),
    uploader: field(7, oneOf('D')),
    tan: field(8, text),
    batches: field(9, count),
    software: field(10, text),
  },
};

export interface BatchHeader {
  readonly batch: number;
  readonly challans: number;
  readonly form: StatementForm;
  readonly tan: string;
  readonly pan: string;
  readonly assessmentYear: string;
  readonly taxYear: string;
  readonly quarter: Quarter;
  readonly name: string;
  readonly country: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly address3: string | null;
  readonly address4: string | null;
  readonly address5: string | null;
  readonly stateCode: string;
  readonly pin: string;
  readonly email: string;
  readonly countryCode: string;
  readonly phone: string;
  readonly kind: string;
  readonly ownName: string;
  readonly ownDesignation: string;
  readonly ownAddress1: string;
  readonly ownAddress2: string | null;
  readonly ownAddress3: string | null;
  readonly ownAddress4: string | null;
  readonly ownAddress5: string | null;
  readonly ownStateCode: string;
  readonly ownPin: string;
  readonly ownEmail: string;
  readonly ownCountry: string | null;
  readonly ownCountryCode: string;
  readonly ownPhone: string;
  readonly totalPaise: Paise;
  readonly isFiledEarlier: boolean;
  readonly governmentStateCode: string | null;
  readonly ownPan: string;
  readonly accountsOffice: string | null;
}

/** `own…` is the person responsible for the deduction. */
export const batchHeader: Layout<BatchHeader> = {
  kind: 'BH',
  count: 72,
  fields: {
    batch: field(3, count),
    challans: field(4, count),
    form: field(5, oneOf('138', '140')),
    tan: field(13, text),
    pan: field(15, text),
    assessmentYear: field(16, text),
    taxYear: field(17, text),
    quarter: field(18, oneOf('Q1', 'Q2', 'Q3', 'Q4')),
    name: field(19, text),
    country: field(20, text),
    address1: field(21, text),
    address2: field(22, orNothing(text)),
    address3: field(23, orNothing(text)),
    address4: field(24, orNothing(text)),
    address5: field(25, orNothing(text)),
    stateCode: field(26, text),
    pin: field(27, text),
    email: field(28, text),
    countryCode: field(29, text),
    phone: field(30, text),
    kind: field(32, text),
    ownName: field(33, text),
    ownDesignation: field(34, text),
    ownAddress1: field(35, text),
    ownAddress2: field(36, orNothing(text)),
    ownAddress3: field(37, orNothing(text)),
    ownAddress4: field(38, orNothing(text)),
    ownAddress5: field(39, orNothing(text)),
    ownStateCode: field(40, text),
    ownPin: field(41, text),
    ownEmail: field(42, text),
    ownCountry: field(43, orNothing(text)),
    ownCountryCode: field(44, text),
    ownPhone: field(45, text),
    totalPaise: field(47, amount),
    isFiledEarlier: field(52, yesNo),
    governmentStateCode: field(54, orNothing(text)),
    ownPan: field(59, text),
    accountsOffice: field(68, orNothing(text)),
  },
};

export interface ChallanDetail {
  readonly batch: number;
  readonly number: number;
  readonly deductees: number;
  readonly isNil: boolean;
  readonly taxPaise: Paise;
  readonly interestPaise: Paise;
  readonly feePaise: Paise;
  readonly penaltyPaise: Paise;
  readonly totalPaise: Paise;
  readonly mode: 'C' | 'B';
  readonly bsrCode: string;
  readonly serial: string | null;
  readonly date: IsoDate;
  readonly deductedPaise: Paise;
  readonly depositedPaise: Paise;
  readonly minorHead: string | null;
}

export const challanDetail: Layout<ChallanDetail> = {
  kind: 'CD',
  count: 30,
  fields: {
    batch: field(3, count),
    number: field(4, count),
    deductees: field(5, count),
    isNil: field(6, yesNo),
    taxPaise: field(8, amount),
    interestPaise: field(9, amount),
    feePaise: field(10, amount),
    penaltyPaise: field(11, amount),
    totalPaise: field(12, amount),
    mode: field(13, oneOf('C', 'B')),
    bsrCode: field(15, text),
    serial: field(17, orNothing(text)),
    date: field(19, date),
    deductedPaise: field(21, amount),
    depositedPaise: field(22, amount),
    minorHead: field(23, orNothing(text)),
  },
};

export interface DeducteeDetail {
  readonly batch: number;
  readonly number: number;
  readonly challan: number;
  readonly mode: 'O';
  readonly pan: string;
  readonly name: string;
  readonly code: string;
  readonly isDeposited: boolean | null;
  readonly paidOn: IsoDate;
  readonly paise: Paise;
  readonly taxPaise: Paise;
  readonly depositedPaise: Paise;
  readonly deductedOn: IsoDate;
  readonly basisPoints: bigint;
  readonly flag: string | null;
  readonly certificate: string | null;
}

export const deducteeDetail: Layout<DeducteeDetail> = {
  kind: 'DD',
  count: 45,
  fields: {
    batch: field(3, count),
    number: field(4, count),
    challan: field(5, count),
    mode: field(6, oneOf('O')),
    pan: field(8, text),
    name: field(9, text),
    code: field(15, text),
    isDeposited: field(18, orNothing(yesNo)),
    paidOn: field(19, date),
    paise: field(20, amount),
    taxPaise: field(24, amount),
    depositedPaise: field(25, amount),
    deductedOn: field(27, date),
    basisPoints: field(28, rate),
    flag: field(32, orNothing(text)),
    certificate: field(33, orNothing(text)),
  },
};
