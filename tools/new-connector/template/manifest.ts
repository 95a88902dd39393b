import type { Manifest } from '../../../shared/connectors/_kit/manifest.ts';

/** Sample Bank. Say here what its document says, and in `evidence` no more than what was shown. */
export const sampleBankManifest: Manifest = {
  id: 'sample-bank',
  family: 'bank',
  name: 'Sample Bank',
  auth: 'oauth2',
  mutualTls: true,
  baseUrls: { sandbox: null, production: 'https://api.sample-bank.example/v1' },
  settings: [{ name: 'clientId', pattern: '[!-~]{1,100}', isOptional: false }],
  secrets: [
    { name: 'clientSecret', pattern: '[!-~]{8,256}', isOptional: false },
    { name: 'webhookSecret', pattern: '[!-~]{16,256}', isOptional: true },
  ],
  limits: { requestsPerMinute: 60, concurrency: 4 },
  capabilities: ['balance', 'statement', 'payment', 'bulk_payment', 'enquiry', 'webhook'],
  units: 'paise',
  docs: 'where its words come from',
  evidence: 'emulator-tested',
  evidenceNote: 'Made from the skeleton and tried against its own emulator only.',
};
