// Made by `npm run generate` from resources/tax/tds.json; do not edit.

export const tdsRulesVersion = '2026-11-29';

/** What a payment is for, as the sections on TDS divide it. */
export const tdsNatures = ['contract', 'technical', 'professional', 'director', 'commission', 'rent_plant', 'rent_building', 'interest', 'goods', 'benefit'] as const;

/** The payment codes of salaries; their rates are those of the slabs. */
export const salaryCodes: readonly string[] = ['1001', '1002'];

/** Rates in basis points, limits in paise; `to` is null while a row is in force. */
export const tdsPeriods = {
  contract: [
    { from: '2021-04-01', to: '2026-03-31', section: '194C', base: 'whole', perPayment: 3000000n, perMonth: null, perYear: 10000000n, rates: [{ payee: 'individual', basisPoints: 100n, code: null }, { payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194C(1), (5)' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: 3000000n, perMonth: null, perYear: 10000000n, rates: [{ payee: 'individual', basisPoints: 100n, code: '1023' }, { payee: 'other', basisPoints: 200n, code: '1024' }], source: 'ITA25 s. 393(1), contractor' },
  ],
  technical: [
    { from: '2021-04-01', to: '2025-03-31', section: '194J(a)', base: 'whole', perPayment: null, perMonth: null, perYear: 3000000n, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194J(1)(b)' },
    { from: '2025-04-01', to: '2026-03-31', section: '194J(a)', base: 'whole', perPayment: null, perMonth: null, perYear: 5000000n, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194J as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: 5000000n, rates: [{ payee: 'other', basisPoints: 200n, code: '1026' }], source: 'ITA25 s. 393(1), technical services' },
  ],
  professional: [
    { from: '2021-04-01', to: '2025-03-31', section: '194J(b)', base: 'whole', perPayment: null, perMonth: null, perYear: 3000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194J(1)(a)' },
    { from: '2025-04-01', to: '2026-03-31', section: '194J(b)', base: 'whole', perPayment: null, perMonth: null, perYear: 5000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194J as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: 5000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: '1027' }], source: 'ITA25 s. 393(1), professional services' },
  ],
  director: [
    { from: '2021-04-01', to: '2026-03-31', section: '194J(b)', base: 'whole', perPayment: null, perMonth: null, perYear: null, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194J(1)(ba)' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: null, rates: [{ payee: 'other', basisPoints: 1000n, code: '1028' }], source: 'ITA25 s. 393(1), remuneration of a director' },
  ],
  commission: [
    { from: '2021-04-01', to: '2024-09-30', section: '194H', base: 'whole', perPayment: null, perMonth: null, perYear: 1500000n, rates: [{ payee: 'other', basisPoints: 500n, code: null }], source: 'ITA61 s. 194H' },
    { from: '2024-10-01', to: '2025-03-31', section: '194H', base: 'whole', perPayment: null, perMonth: null, perYear: 1500000n, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194H as amended by FA24' },
    { from: '2025-04-01', to: '2026-03-31', section: '194H', base: 'whole', perPayment: null, perMonth: null, perYear: 2000000n, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194H as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: 2000000n, rates: [{ payee: 'other', basisPoints: 200n, code: '1006' }], source: 'ITA25 s. 393(1), commission or brokerage' },
  ],
  rent_plant: [
    { from: '2021-04-01', to: '2025-03-31', section: '194I(a)', base: 'whole', perPayment: null, perMonth: null, perYear: 24000000n, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194-I' },
    { from: '2025-04-01', to: '2026-03-31', section: '194I(a)', base: 'whole', perPayment: null, perMonth: 5000000n, perYear: null, rates: [{ payee: 'other', basisPoints: 200n, code: null }], source: 'ITA61 s. 194-I as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: 5000000n, perYear: null, rates: [{ payee: 'other', basisPoints: 200n, code: '1008' }], source: 'ITA25 s. 393(1), rent of plant, machinery or equipment' },
  ],
  rent_building: [
    { from: '2021-04-01', to: '2025-03-31', section: '194I(b)', base: 'whole', perPayment: null, perMonth: null, perYear: 24000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194-I' },
    { from: '2025-04-01', to: '2026-03-31', section: '194I(b)', base: 'whole', perPayment: null, perMonth: 5000000n, perYear: null, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194-I as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: 5000000n, perYear: null, rates: [{ payee: 'other', basisPoints: 1000n, code: '1009' }], source: 'ITA25 s. 393(1), rent of land, building or furniture' },
  ],
  interest: [
    { from: '2021-04-01', to: '2025-03-31', section: '194A', base: 'whole', perPayment: null, perMonth: null, perYear: 500000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194A(3)(i)' },
    { from: '2025-04-01', to: '2026-03-31', section: '194A', base: 'whole', perPayment: null, perMonth: null, perYear: 1000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194A as amended by FA25' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: 1000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: '1022' }], source: 'ITA25 s. 393(1), interest other than of a bank' },
  ],
  goods: [
    { from: '2021-07-01', to: '2026-03-31', section: '194Q', base: 'excess', perPayment: null, perMonth: null, perYear: 500000000n, rates: [{ payee: 'other', basisPoints: 10n, code: null }], source: 'ITA61 s. 194Q' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'excess', perPayment: null, perMonth: null, perYear: 500000000n, rates: [{ payee: 'other', basisPoints: 10n, code: '1031' }], source: 'ITA25 s. 393(1), purchase of goods' },
  ],
  benefit: [
    { from: '2022-07-01', to: '2026-03-31', section: '194R', base: 'whole', perPayment: null, perMonth: null, perYear: 2000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: null }], source: 'ITA61 s. 194R' },
    { from: '2026-04-01', to: null, section: '393(1)', base: 'whole', perPayment: null, perMonth: null, perYear: 2000000n, rates: [{ payee: 'other', basisPoints: 1000n, code: '1033' }], source: 'ITA25 s. 393(1), benefit or perquisite' },
  ],
} as const;

export const withoutPan = [
  { from: '2021-04-01', to: '2026-03-31', basisPoints: 2000n, goodsBasisPoints: 500n, source: 'ITA61 s. 206AA' },
  { from: '2026-04-01', to: null, basisPoints: 2000n, goodsBasisPoints: 500n, source: 'ITA25 s. 397(2)' },
] as const;
