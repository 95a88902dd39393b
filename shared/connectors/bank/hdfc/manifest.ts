import type { Manifest } from '../../_kit/manifest.ts';

/** HDFC Bank, contract 000 section 2. */
export const hdfcManifest: Manifest = {
  id: 'hdfc',
  family: 'bank',
  name: 'HDFC Bank',
  auth: 'api_key',
  mutualTls: true,
  // The document names /payments/v1 as base, and none of its requests goes there: both have their whole address below the host itself.
  baseUrls: { sandbox: null, production: 'https://api.hdfcbank.com' },
  settings: [],
  secrets: [{ name: 'apiKey', pattern: '[\\x21-\\x7e]{1,500}', isOptional: false }],
  limits: { requestsPerMinute: 100, concurrency: 2 },
  capabilities: ['balance', 'statement', 'bulk_payment', 'enquiry'],
  units: 'rupees',
  docs: 'contract 000, section Bank APIs, 2. HDFC Bank',
  evidence: 'emulator-tested',
  evidenceNote:
    'Against an emulator after the document; it shows what is asked and no answer, so the answers and the enquiry are our own.',
};
