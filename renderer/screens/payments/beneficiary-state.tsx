import type { BeneficiaryView } from '../../../shared/ipc/contract/payments.ts';
import { Pill } from '../../components/status-pill.tsx';
import { formatInstant } from '../../format/instant.ts';
import { type Text, useText } from '../../i18n/text.ts';

/** The state as it is at this minute: details that cool become usable while one looks at them. */
export const stateAt = ({ state, usableFrom }: BeneficiaryView, now: number): BeneficiaryView['state'] =>
  state === 'cooling' && usableFrom !== null && usableFrom <= now ? 'usable' : state;

const TONE = { missing: 'bad', unapproved: 'warn', cooling: 'accent', usable: 'ok' } as const;

/** What stands between a vendor and his money. */
export function BeneficiaryPill({ beneficiary, now }: { readonly beneficiary: BeneficiaryView; readonly now: number }) {
  const text = useText();
  const state = stateAt(beneficiary, now);
  return <Pill tone={TONE[state]}>{stateText(text, beneficiary, now)}</Pill>;
}

export function stateText(text: Text, beneficiary: BeneficiaryView, now: number): string {
  const state = stateAt(beneficiary, now);
  if (state !== 'cooling' || beneficiary.usableFrom === null) return text(`beneficiary.${state}`);
  return text('beneficiary.from', { at: formatInstant(beneficiary.usableFrom, now, text) });
}
