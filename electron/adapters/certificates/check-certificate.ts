import type { KeyObject, X509Certificate } from 'node:crypto';
import type { CertificateFacts } from '../../../shared/domain/certificate/facts.ts';
import { istDate } from '../../../shared/kernel/dates.ts';
import { type ErrorCode, type ErrorDetails, type Refusal, refusal } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USE = '2.5.29.37.0';
const curves: Readonly<Record<string, string>> = {
  prime256v1: 'P-256',
  secp384r1: 'P-384',
  secp521r1: 'P-521',
};

/**
 * Finds the certificate of the key among those given, checks it, and puts the others behind it as the chain that leads to its authority,
 * whatever order they came in.
 */
export function checkClient(
  certificates: readonly X509Certificate[],
  key: KeyObject,
  now: number,
): Result<readonly [X509Certificate, ...X509Certificate[]], Refusal> {
  const all = distinct(certificates);
  const leaf = all.find((one) => one.checkPrivateKey(key));
  if (leaf === undefined) return refuse('CERTIFICATE_KEY_MISMATCH');
  if (leaf.ca) return refuse('CERTIFICATE_IS_AUTHORITY');
  const strength = strengthOf(leaf.publicKey);
  if (!strength.isEnough) return refuse('CERTIFICATE_KEY_WEAK', { found: strength.name });
  // Node gives the extended usages under this name, and undefined where there are none.
  const uses: readonly string[] | undefined = leaf.keyUsage;
  if (uses !== undefined && !uses.includes(CLIENT_AUTH) && !uses.includes(ANY_USE)) {
    return refuse('CERTIFICATE_NOT_FOR_CLIENTS');
  }
  if (all.length > limits.certificate.chainMax) {
    return refuse('CERTIFICATE_CHAIN_TOO_LONG', { count: all.length, limit: limits.certificate.chainMax });
  }
  const chain = chainOf(leaf, all);
  const stray = all.find((one) => !chain.includes(one));
  if (stray !== undefined) return refuse('CERTIFICATE_CHAIN_BROKEN', { subject: nameOf(stray) });
  for (const one of chain) {
    const problem = dateProblem(one, now);
    if (problem !== null) return err(problem);
  }
  return ok(chain);
}

/** From the certificate upwards, as far as those given lead. An issuer must be an authority and have signed. */
function chainOf(leaf: X509Certificate, all: readonly X509Certificate[]): [X509Certificate, ...X509Certificate[]] {
  const chain: [X509Certificate, ...X509Certificate[]] = [leaf];
  for (let last = leaf; ; ) {
    const issuer = all.find(
      (one) => !chain.includes(one) && one.ca && last.checkIssued(one) && last.verify(one.publicKey),
    );
    if (issuer === undefined) return chain;
    chain.push(issuer);
    last = issuer;
  }
}

/** @returns why the certificate cannot be used now, or null */
export function dateProblem(certificate: X509Certificate, now: number): Refusal | null {
  const { subject, validFrom, validUntil } = factsOf(certificate);
  const about = { subject: shortName(subject) };
  if (now > validUntil) return refusal('CERTIFICATE_EXPIRED', { ...about, until: istDate(validUntil) });
  if (now < validFrom) return refusal('CERTIFICATE_NOT_YET_VALID', { ...about, from: istDate(validFrom) });
  return null;
}

export function factsOf(certificate: X509Certificate): CertificateFacts {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    serial: certificate.serialNumber.slice(0, 80),
    validFrom: certificate.validFromDate.getTime(),
    validUntil: certificate.validToDate.getTime(),
    fingerprint: certificate.fingerprint256,
    key: strengthOf(certificate.publicKey).name,
  };
}

function strengthOf(key: KeyObject): { readonly name: string; readonly isEnough: boolean } {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const kind = key.asymmetricKeyType ?? '';
  if (kind === 'rsa' || kind === 'rsa-pss') {
    return { name: `RSA ${modulusLength}`, isEnough: modulusLength >= limits.certificate.rsaBitsMin };
  }
  if (kind === 'ec')
    return { name: `EC ${curves[namedCurve] ?? namedCurve}`, isEnough: Object.hasOwn(curves, namedCurve) };
  return { name: kind, isEnough: kind === 'ed25519' || kind === 'ed448' };
}

const TEXT_MAX = 300;
/** Node gives a name as lines from the country down; people read it from the person up. */
const oneLine = (name: string | undefined): string => (name ?? '').split('\n').reverse().join(', ').slice(0, TEXT_MAX);
const nameOf = (certificate: X509Certificate): string => shortName(oneLine(certificate.subject));
const shortName = (subject: string): string => /(?:^|, )CN=([^,]+)/.exec(subject)?.[1] ?? subject;

const distinct = (all: readonly X509Certificate[]): X509Certificate[] => [
  ...new Map(all.map((one) => [one.fingerprint256, one])).values(),
];

const refuse = (code: ErrorCode, details: ErrorDetails = {}): Result<never, Refusal> => err(refusal(code, details));
