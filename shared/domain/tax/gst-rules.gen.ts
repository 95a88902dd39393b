// Made by `npm run generate` from resources/tax/gst.json; do not edit.

export const gstRulesVersion = '2026-11-29';

/** The rates there are, in basis points. */
export const gstRates = [
  { from: '2017-07-01', to: '2025-09-21', source: 'CTR 1/2017 and 11/2017, with the rates TOOL takes', basisPoints: [0n, 10n, 25n, 100n, 150n, 300n, 500n, 600n, 750n, 1200n, 1800n, 2800n] },
  { from: '2025-09-22', to: null, source: 'CTR 9/2025 to 17/2025', basisPoints: [0n, 10n, 25n, 100n, 150n, 300n, 500n, 600n, 750n, 1800n, 4000n] },
] as const;

/** In paise. */
export const gstLimits = {
  b2c_large: [{ from: '2017-07-01', to: '2024-07-31', source: 'CGST rule 59(4)', paise: 25000000n }, { from: '2024-08-01', to: null, source: 'CT 12/2024', paise: 10000000n }],
  gst_tds_contract: [{ from: '2018-10-01', to: null, source: 'CGST s. 51(1)', paise: 25000000n }],
  hostel_month: [{ from: '2024-07-15', to: null, source: 'CTR 4/2024, entry 12A', paise: 2000000n }],
} as const;

export const hsnTables = [
  { from: '2017-07-01', to: '2025-04-30', source: 'TOOL table 12', tables: 'one' },
  { from: '2025-05-01', to: null, source: 'TOOL table 12, phase III', tables: 'b2b_and_b2c' },
] as const;

/** Of table 3.1.1, supplies through operators, and 3.2, supplies between states to people. */
export const gstr3bTables = [
  { from: '2017-07-01', to: '2022-06-30', source: 'TOOL utility for GSTR-3B, version 5.8', hasOperators: false, hasPlaces: true },
  { from: '2022-07-01', to: '2025-10-31', source: 'TOOL utility for GSTR-3B, version 5.8', hasOperators: true, hasPlaces: true },
  { from: '2025-11-01', to: null, source: 'TOOL utility for GSTR-3B, version 5.8, table 3.2 filled by the portal', hasOperators: true, hasPlaces: false },
] as const;

/** Where the half of the tax that is not of the centre is one of the Union territory. */
export const unionTerritories: readonly string[] = ['04', '26', '31', '35', '38', '97'];

/** Services on which the recipient pays the tax. */
export const reverseCharges = {
  goods_transport: { code: '9965', rows: [{ from: '2017-07-01', to: null, source: 'CTR 13/2017 entry 1', supplier: 'any', basisPoints: 500n }] },
  advocate: { code: '9982', rows: [{ from: '2017-07-01', to: null, source: 'CTR 13/2017 entry 2', supplier: 'any', basisPoints: 1800n }] },
  arbitral_tribunal: { code: '9982', rows: [{ from: '2017-07-01', to: null, source: 'CTR 13/2017 entry 3', supplier: 'any', basisPoints: 1800n }] },
  sponsorship: { code: '9983', rows: [{ from: '2017-07-01', to: '2025-01-15', source: 'CTR 13/2017 entry 4', supplier: 'any', basisPoints: 1800n }, { from: '2025-01-16', to: null, source: 'CTR 7/2025', supplier: 'not_body_corporate', basisPoints: 1800n }] },
  government: { code: '9991', rows: [{ from: '2017-07-01', to: null, source: 'CTR 13/2017 entry 5', supplier: 'any', basisPoints: 1800n }] },
  director: { code: '9983', rows: [{ from: '2017-07-01', to: null, source: 'CTR 13/2017 entry 6', supplier: 'any', basisPoints: 1800n }] },
  security: { code: '9985', rows: [{ from: '2019-01-01', to: null, source: 'CTR 29/2018', supplier: 'not_body_corporate', basisPoints: 1800n }] },
  motor_vehicle: { code: '9966', rows: [{ from: '2019-10-01', to: null, source: 'CTR 22/2019', supplier: 'not_body_corporate', basisPoints: 500n }] },
  commercial_rent: { code: '9972', rows: [{ from: '2024-10-10', to: null, source: 'CTR 9/2024', supplier: 'unregistered', basisPoints: 1800n }] },
  import_of_services: { code: '9984', rows: [{ from: '2017-07-01', to: null, source: 'IGST s. 5(3), rate of the service', supplier: 'abroad', basisPoints: 1800n }] },
} as const;

/** What a college supplies and buys, and how it is taxed. */
export const supplies = {
  tuition: { side: 'outward', code: '9992', rows: [{ from: '2017-07-01', to: null, source: 'CTR 12/2017 entry 66(a)', treatment: 'exempt', basisPoints: 0n }] },
  entrance_examination: { side: 'outward', code: '9992', rows: [{ from: '2018-01-25', to: null, source: 'CTR 2/2018, entry 66(aa)', treatment: 'exempt', basisPoints: 0n }] },
  hostel_of_students: { side: 'outward', code: '9963', rows: [{ from: '2017-07-01', to: null, source: 'CTR 12/2017 entry 66(a)', treatment: 'exempt', basisPoints: 0n }] },
  hostel_of_others_within_limit: { side: 'outward', code: '9963', rows: [{ from: '2024-07-15', to: null, source: 'CTR 4/2024, entry 12A', treatment: 'exempt', basisPoints: 0n }] },
  research_grant: { side: 'outward', code: '9981', rows: [{ from: '2017-07-01', to: '2024-10-09', source: 'CTR 11/2017', treatment: 'taxable', basisPoints: 1800n }, { from: '2024-10-10', to: null, source: 'CTR 8/2024, entry 44A', treatment: 'exempt', basisPoints: 0n }] },
  affiliation: { side: 'outward', code: '9992', rows: [{ from: '2017-07-01', to: null, source: 'CTR 11/2017; CBIC circular of 11-10-2024 against judgments of 2025', treatment: 'contested', basisPoints: 1800n }] },
  coaching: { side: 'outward', code: '999293', rows: [{ from: '2017-07-01', to: null, source: 'CTR 11/2017', treatment: 'taxable', basisPoints: 1800n }] },
  consultancy: { side: 'outward', code: '9983', rows: [{ from: '2017-07-01', to: null, source: 'CTR 11/2017', treatment: 'taxable', basisPoints: 1800n }] },
  sponsored_research: { side: 'outward', code: '9981', rows: [{ from: '2017-07-01', to: null, source: 'CTR 11/2017', treatment: 'taxable', basisPoints: 1800n }] },
  rent_of_premises: { side: 'outward', code: '997212', rows: [{ from: '2017-07-01', to: null, source: 'CTR 11/2017', treatment: 'taxable', basisPoints: 1800n }] },
  catering: { side: 'inward', code: '9963', rows: [{ from: '2017-07-01', to: null, source: 'CTR 12/2017 entry 66(b), up to higher secondary only', treatment: 'taxable', basisPoints: 1800n }] },
  security_and_housekeeping: { side: 'inward', code: '9985', rows: [{ from: '2017-07-01', to: null, source: 'CTR 12/2017 entry 66(b), up to higher secondary only', treatment: 'taxable', basisPoints: 1800n }] },
  conduct_of_examinations: { side: 'inward', code: '9992', rows: [{ from: '2017-07-01', to: null, source: 'CTR 12/2017 entry 66(b)(iv)', treatment: 'exempt', basisPoints: 0n }] },
  online_journals: { side: 'inward', code: '9984', rows: [{ from: '2018-01-25', to: null, source: 'CTR 2/2018, entry 66(b)(v)', treatment: 'exempt', basisPoints: 0n }] },
} as const;
