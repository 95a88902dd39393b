import { type CertificateFacts, expiryOf } from '../../../shared/domain/certificate/facts.ts';
import type { ConnectionsView } from '../../../shared/ipc/contract/connections.ts';
import { type EpochMs, formatDate, istDate } from '../../../shared/kernel/dates.ts';
import type { Text } from '../../i18n/text.ts';

export interface ExpiryWords {
  readonly words: string;
  readonly tone: 'warn' | 'bad';
}

/** What is to be said of the end of a certificate; null while it is far. */
export function expiryWords(facts: CertificateFacts, now: EpochMs, text: Text): ExpiryWords | null {
  const expiry = expiryOf(facts, now);
  if (expiry.kind === 'later') return null;
  if (expiry.kind === 'soon') {
    return { words: text('expiry.soon', { days: expiry.daysLeft }), tone: expiry.withinDays > 7 ? 'warn' : 'bad' };
  }
  const at = expiry.kind === 'expired' ? facts.validUntil : facts.validFrom;
  return { words: text(`expiry.${expiry.kind}`, { date: formatDate(istDate(at)) }), tone: 'bad' };
}

/** The one line for the status bar about all certificates, of ours and of authorities; null while none needs attention. */
export function expiryNotice(view: ConnectionsView, now: EpochMs, text: Text): ExpiryWords | null {
  const all = view.connections.flatMap(({ certificate, authority }) => [
    ...(certificate === null ? [] : [certificate.facts]),
    ...authority,
  ]);
  const expiries = all.map((facts) => expiryOf(facts, now));
  const expired = expiries.filter(({ kind }) => kind === 'expired').length;
  if (expired > 0) return { words: text('expiry.barExpired', { count: expired }), tone: 'bad' };
  const days = expiries.flatMap((expiry) => (expiry.kind === 'soon' ? [expiry] : []));
  const nearest = days.sort((one, other) => one.daysLeft - other.daysLeft)[0];
  if (nearest === undefined) return null;
  return {
    words: text('expiry.barSoon', { days: nearest.daysLeft }),
    tone: nearest.withinDays > 7 ? 'warn' : 'bad',
  };
}
