import type { Manifest } from '../../_kit/manifest.ts';

/** The payment gateway of the integration contract, with the statements and balances beside it. */
export const neftManifest: Manifest = {
  id: 'neft',
  family: 'gateway',
  name: 'NEFT gateway',
  auth: 'bearer',
  mutualTls: false,
  // The contract names no host: the office is told its own.
  baseUrls: { sandbox: null, production: 'https://gateway.example' },
  settings: [],
  secrets: [
    { name: 'apiKey', pattern: '[!-~]{16,256}', isOptional: false },
    { name: 'webhookSecret', pattern: '[!-~]{16,256}', isOptional: true },
  ],
  limits: { requestsPerMinute: null, concurrency: 4 },
  capabilities: ['balance', 'statement', 'payment', 'enquiry', 'webhook'],
  units: 'paise',
  docs: 'integration contract, sections 2.1 and 2.2',
  evidence: 'fixture-tested',
  evidenceNote:
    'The examples of the contract are read as they stand; the rest is our reading of it, tried against our own emulator.',
};
