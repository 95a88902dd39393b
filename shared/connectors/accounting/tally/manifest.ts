/** What the connector is, for the table of connectors. */
export const tallyManifest = {
  id: 'tally',
  family: 'accounting',
  name: 'Tally (TallyPrime, Tally.ERP 9)',
  auth: 'none',
  defaultAddress: 'http://127.0.0.1:9000',
  capabilities: ['companies', 'masters_out', 'masters_in', 'vouchers_out', 'vouchers_in', 'file_out', 'file_in'],
  /** On the wire: rupees with two decimals, below zero for debit. */
  units: 'rupees, negative is debit',
  docs: 'https://help.tallysolutions.com/xml-integration/',
  evidence: 'emulator-tested',
} as const;
