import type { Manifest } from '../../_kit/manifest.ts';

/** Amounts on its wire are rupees with two decimals, below zero for debit. */
export const tallyManifest: Manifest = {
  id: 'tally',
  family: 'accounting',
  name: 'Tally (TallyPrime, Tally.ERP 9)',
  auth: 'none',
  mutualTls: false,
  // A port on a PC of the office, in plain HTTP; it has its own adapter, since the transport of the others speaks TLS only.
  baseUrls: { sandbox: null, production: 'http://127.0.0.1:9000' },
  settings: [{ name: 'tallyAddress', pattern: 'http://[^/?#@]+', isOptional: false }],
  secrets: [],
  limits: { requestsPerMinute: null, concurrency: 1 },
  capabilities: ['companies', 'masters_out', 'masters_in', 'vouchers_out', 'vouchers_in', 'file_out', 'file_in'],
  units: 'rupees',
  docs: 'https://help.tallysolutions.com/xml-integration/',
  evidence: 'emulator-tested',
  evidenceNote:
    'Our reading of the published description of its XML, tried against an emulator of ours and its exported files.',
};
