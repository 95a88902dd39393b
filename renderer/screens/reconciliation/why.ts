import type { ProposalView } from '../../../shared/ipc/contract/reconciliation.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import type { Text } from '../../i18n/text.ts';

/** Why lines and entries are proposed as the same money, as sentences. */
export function whyOf({ pass, because, posting }: ProposalView, text: Text): readonly string[] {
  const { reference, party, partyWords, daysApart, doubts } = because;
  const parts: string[] = [];
  if (reference !== null) parts.push(text('recon.why.reference', { reference }));
  if (party !== null && partyWords.length > 0)
    parts.push(text('recon.why.party', { party, words: partyWords.join(' ') }));
  if (pass === 'batch') parts.push(text('recon.why.batch'));
  if (pass === 'rule') parts.push(text('recon.why.rule'));
  if (daysApart !== null) parts.push(text('recon.why.days', { count: Math.abs(daysApart) }));
  if (posting !== null) {
    const amount = formatRupees(posting.paise < 0n ? -posting.paise : posting.paise);
    parts.push(text('recon.why.posting', { amount, account: posting.accountCode ?? '?' }));
  }
  for (const doubt of doubts) parts.push(text(`recon.doubt.${doubt}`));
  return parts;
}
