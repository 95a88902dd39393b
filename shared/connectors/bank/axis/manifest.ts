import type { Field, Manifest } from '../../_kit/manifest.ts';

/** PEM or JWK; what kind of key it is, is told when it is loaded. */
const keyText = '\\s*(-----BEGIN [\\s\\S]{100,20000}-----|\\{[\\s\\S]{100,20000}\\})\\s*';
const key = (name: string): Field => ({ name, pattern: keyText, isOptional: false });

export const axisManifest: Manifest = {
  id: 'axis',
  family: 'bank',
  name: 'Axis Bank',
  auth: 'certificate',
  mutualTls: true,
  baseUrls: {
    sandbox: 'https://sakshamuat.axisbank.co.in/gateway/api/txb/v3',
    production: 'https://saksham.axisbank.co.in/gateway/api/txb/v3',
  },
  settings: [
    { name: 'corpCode', pattern: '[A-Za-z0-9]{2,20}', isOptional: false },
    { name: 'channelId', pattern: '[A-Za-z0-9]{2,20}', isOptional: false },
    { name: 'signature', pattern: 'PS256|RS256', isOptional: true },
  ],
  secrets: [
    { name: 'clientId', pattern: '[\\x21-\\x7e]{8,100}', isOptional: false },
    { name: 'clientSecret', pattern: '[\\x21-\\x7e]{8,200}', isOptional: false },
    key('signingKey'),
    key('decryptionKey'),
    key('bankSigningKey'),
    key('bankEncryptionKey'),
  ],
  limits: { requestsPerMinute: null, concurrency: 2 },
  capabilities: ['balance', 'statement', 'payment', 'enquiry'],
  units: 'rupees',
  docs: 'named only in contract 000; the shapes follow what is publicly known of the corporate gateway',
  evidence: 'emulator-tested',
  evidenceNote:
    'Our own reading, tried against an emulator with cryptography of its own, and on answers that a third library signed and encrypted.',
};
