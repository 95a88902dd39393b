import type { ExpenseStatus } from '../../shared/domain/rows.ts';
import { useText } from '../i18n/text.ts';
import './status-pill.css';

type Tone = 'quiet' | 'accent' | 'ok' | 'warn' | 'bad';

const TONE: Readonly<Record<ExpenseStatus, Tone>> = {
  draft: 'quiet',
  submitted: 'accent',
  approved: 'ok',
  returned: 'warn',
  rejected: 'bad',
  payable: 'ok',
  paying: 'accent',
  paid: 'ok',
  reconciled: 'ok',
  cancelled: 'quiet',
  reversed: 'bad',
};

export function StatusPill({ status }: { readonly status: ExpenseStatus }) {
  const text = useText();
  return <Pill tone={TONE[status]}>{text(`status.${status}`)}</Pill>;
}

/** A state in words on a quiet ground; colour never says it alone. */
export function Pill({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={`pill pill-${tone}`} title={children}>
      {children}
    </span>
  );
}
