import type { Manifest } from '../../_kit/manifest.ts';

export const sbiManifest: Manifest = {
  id: 'sbi',
  family: 'bank',
  name: 'State Bank of India',
  auth: 'ws_security',
  mutualTls: false,
  // The document's address is that of SBI Collect, which collects fees; a college that has a corporate service sets its own.
  baseUrls: { sandbox: null, production: 'https://connect.onlinesbi.com/sbicollect' },
  settings: [{ name: 'authentication', pattern: 'text|digest|basic', isOptional: true }],
  secrets: [
    { name: 'username', pattern: '[\\x21-\\x39\\x3b-\\x7e]{1,100}', isOptional: false },
    { name: 'password', pattern: '[\\x20-\\x7e]{1,200}', isOptional: false },
  ],
  limits: { requestsPerMinute: null, concurrency: 2 },
  capabilities: ['balance', 'statement'],
  units: 'rupees',
  docs: 'contract 000, section SBI Bank API Integration (SOAP); the WSDL is our own',
  evidence: 'emulator-tested',
  evidenceNote:
    'Our reading of the document and a WSDL of our own, tried against an emulator that shares with it only how XML is read.',
};
