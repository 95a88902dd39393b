import type { Manifest } from '../../_kit/manifest.ts';

/** ICICI Bank, contract 000 section 1, API version 2.0. */
export const iciciManifest: Manifest = {
  id: 'icici',
  family: 'bank',
  name: 'ICICI Bank',
  auth: 'oauth2',
  mutualTls: true,
  // Every path of the document stands below /v2, that of the token too (see README.md).
  baseUrls: { sandbox: null, production: 'https://api.icicibank.com/v2' },
  settings: [{ name: 'clientId', pattern: '[\\x21-\\x7e]{1,200}', isOptional: false }],
  secrets: [
    { name: 'clientSecret', pattern: '[\\x20-\\x7e]{1,500}', isOptional: false },
    { name: 'webhookSecret', pattern: '[\\x20-\\x7e]{8,500}', isOptional: true },
  ],
  limits: { requestsPerMinute: null, concurrency: 2 },
  capabilities: ['balance', 'statement', 'payment', 'enquiry', 'webhook'],
  units: 'rupees',
  docs: 'contract 000, section Bank APIs, 1. ICICI Bank',
  evidence: 'emulator-tested',
  evidenceNote:
    'Against an emulator after the document; the enquiry, the page parameter and the form of errors are our own.',
};
