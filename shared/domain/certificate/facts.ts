import type { EpochMs } from '../../kernel/dates.ts';
import { limits } from '../../kernel/limits.ts';

/** What may be shown of a certificate. Nothing of it is secret. */
export interface CertificateFacts {
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly validFrom: EpochMs;
  readonly validUntil: EpochMs;
  /** SHA-256, in pairs of hex digits. */
  readonly fingerprint: string;
  /** `RSA 2048`, `EC P-256`. */
  readonly key: string;
}

/** How near the end of a certificate is. `later` is the only one that needs no attention. */
export type Expiry =
  | { readonly kind: 'later' }
  | { readonly kind: 'not_yet' }
  /** Within the largest of the limits that it has passed: 30, 7 or 1 days. */
  | { readonly kind: 'soon'; readonly withinDays: number; readonly daysLeft: number }
  | { readonly kind: 'expired' };

const DAY_MS = 86_400_000;

/** The last moment of a certificate still counts as within it. */
export function expiryOf(dates: Pick<CertificateFacts, 'validFrom' | 'validUntil'>, now: EpochMs): Expiry {
  const { validFrom, validUntil } = dates;
  if (now > validUntil) return { kind: 'expired' };
  if (now < validFrom) return { kind: 'not_yet' };
  const left = validUntil - now;
  const passed = limits.certificate.warnDays.filter((days) => left <= days * DAY_MS);
  if (passed.length === 0) return { kind: 'later' };
  return { kind: 'soon', withinDays: Math.min(...passed), daysLeft: Math.floor(left / DAY_MS) };
}
