import type { StatementChallan, StatementDeductee, TdsStatement } from './model.ts';

/** A statement in which nothing is wrong; tests change what they are about. */
export function goodStatement(): TdsStatement {
  const place = { stateCode: '19', pin: '411004', email: 'accounts@college.example', countryCode: '91' };
  const deductee: StatementDeductee = {
    pan: 'ABCPD1234E',
    name: 'Asha Kulkarni and Associates',
    code: '1027',
    isDeposited: true,
    paidOn: '2026-07-10',
    paise: 60_000_00n,
    taxPaise: 6_000_00n,
    deductedOn: '2026-07-10',
    basisPoints: 1_000n,
    flag: null,
    certificate: null,
  };
  const without: StatementDeductee = {
    ...deductee,
    ...{ pan: 'PANNOTAVBL', name: 'Ramesh Pawar', code: '1023', paise: 40_000_00n, taxPaise: 8_000_00n },
    ...{ basisPoints: 2_000n, flag: 'C' },
  };
  const challan: StatementChallan = {
    taxPaise: 14_000_00n,
    interestPaise: 210_00n,
    feePaise: 0n,
    penaltyPaise: 0n,
    mode: 'C',
    bsrCode: '0510308',
    serial: '02345',
    date: '2026-08-07',
    minorHead: '200',
    deductees: [deductee, without],
  };
  return {
    form: '140',
    createdOn: '2026-10-12',
    software: 'Munim',
    taxYear: '2026-27',
    quarter: 'Q2',
    isFiledEarlier: false,
    deductor: {
      tan: 'PNEA12345B',
      pan: 'AAATD1234F',
      name: 'Deccan Vidya Trust',
      country: 'INDIA',
      kind: 'T',
      governmentStateCode: null,
      accountsOffice: null,
      address: ['12 Karve Road', '', 'Pune'],
      ...place,
      phone: '2025432100',
      responsible: {
        name: 'Meera Joshi',
        designation: 'Registrar',
        pan: 'AAAPJ1234Q',
        country: 'INDIA',
        address: ['12 Karve Road'],
        ...place,
        phone: '9822012345',
      },
    },
    challans: [
      challan,
      { ...challan, serial: '02346', date: '2026-09-05', deductees: [deductee], taxPaise: 6_000_00n },
    ],
  };
}
