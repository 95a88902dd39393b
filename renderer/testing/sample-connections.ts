import type { ConnectionsView, ConnectionView } from '../../shared/ipc/contract/connections.ts';
import { COLLEGE, idOf, NOW } from './memory-books.ts';

const DAY = 86_400_000;

export const noConnections: ConnectionsView = {
  connectors: [],
  connections: [],
  vault: { state: 'none', keySince: null, isRotating: false, keysToDelete: 0 },
};

const field = (name: string, pattern: string, isOptional = false) => ({ name, pattern, isOptional });

/** A certificate that ends so many days from now. */
export const factsFor = (name: string, now: number, days: number) => ({
  subject: `CN=${name}, O=Saraswati College of Engineering, C=IN`,
  issuer: 'CN=Bharat Trust Issuing CA 3, O=Bharat Trust, C=IN',
  serial: '1A2B3C4D5E6F708192A3',
  validFrom: now - 200 * DAY,
  validUntil: now + days * DAY + DAY / 2,
  fingerprint: Array.from({ length: 32 }, (_, index) =>
    (index * 7 + 16).toString(16).toUpperCase().padStart(2, '0'),
  ).join(':'),
  key: 'RSA 2048',
});

/** @param now the moment from which the ends of the certificates are counted */
export function sampleConnections(now: number = NOW): ConnectionsView {
  const icici: ConnectionView = {
    ...{ id: idOf('00e', 1), collegeId: COLLEGE, connectorId: 'icici', connectorName: 'ICICI Bank', isKnown: true },
    ...{ accountCode: '1101', accountNumber: '012305004411', environment: 'production', baseUrl: null },
    settings: { clientId: 'saraswati-accounts' },
    ...{ state: 'ready', missing: [], secretsSet: ['clientSecret'], lost: [], needsAuthority: true },
    certificate: { generation: 2, facts: factsFor('accounts.saraswati.example', now, 5) },
    authority: [{ ...factsFor('ICICI Partner Root', now, 2_000), key: 'EC P-384' }],
    lastTest: { at: now - 3_600_000, code: null, details: {} },
    figures: [{ operation: 'icici.pay', calls: 41, successBasisPoints: 9_756, p50Ms: 412, p95Ms: 1_890, p99Ms: 4_020 }],
  };
  return {
    connectors: [
      {
        ...{ id: 'icici', name: 'ICICI Bank', hasSandbox: false, needsCertificate: true, canTest: true },
        settings: [field('clientId', '[\\x21-\\x7e]{1,200}')],
        secrets: [field('clientSecret', '.{1,200}'), field('webhookSecret', '.{8,200}', true)],
        evidence: 'emulator-tested',
      },
      {
        ...{ id: 'hdfc', name: 'HDFC Bank', hasSandbox: true, needsCertificate: true, canTest: true },
        ...{ settings: [], secrets: [field('apiKey', '.{1,200}')], evidence: 'emulator-tested' },
      },
    ],
    connections: [
      icici,
      {
        ...icici,
        ...{ id: idOf('00e', 2), connectorId: 'hdfc', connectorName: 'HDFC Bank', accountCode: '1102' },
        ...{ accountNumber: '50200044118833', environment: 'custom', baseUrl: 'https://uat.hdfc.example/v1' },
        ...{ settings: {}, state: 'incomplete', missing: ['secrets', 'certificate', 'authority'], secretsSet: [] },
        ...{ certificate: null, authority: [], lastTest: null, figures: [] },
      },
    ],
    vault: { state: 'ready', keySince: now - 12 * DAY, isRotating: false, keysToDelete: 0 },
  };
}
