import { type EpochMs, formatDate, type IsoDate } from '../../shared/kernel/dates.ts';
import { formatPaise, formatRupees, type Paise } from '../../shared/kernel/money.ts';
import { formatInstant } from '../format/instant.ts';
import { nowMs } from '../host/system.ts';
import { useText } from '../i18n/text.ts';
import './figures.css';
import { classes } from './classes.ts';

interface MoneyProps {
  readonly paise: Paise;
  /** Without the rupee sign in columns, where the heading says it. */
  readonly bare?: boolean;
  readonly size?: 'normal' | 'large';
}

/** An amount with tabular figures, grouped by lakh and crore. */
export function Money({ paise, bare = false, size = 'normal' }: MoneyProps) {
  return (
    <span className={classes('money', size === 'large' && 'money-large')}>
      {bare ? formatPaise(paise) : formatRupees(paise)}
    </span>
  );
}

export function DateText({ date }: { readonly date: IsoDate }) {
  return (
    <time className="date" dateTime={date}>
      {formatDate(date)}
    </time>
  );
}

/** An instant in Indian time, `today 14:02`. */
export function Instant({ at }: { readonly at: EpochMs }) {
  const text = useText();
  return <time className="date">{formatInstant(at, nowMs(), text)}</time>;
}
