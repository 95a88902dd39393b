import { formatRupees, type Paise } from '../../shared/kernel/money.ts';
import './bar-meter.css';

interface Props {
  /** What the bar is about, read aloud before the figures. */
  readonly label: string;
  readonly parts: readonly {
    readonly label: string;
    readonly paise: Paise;
    readonly tone: 'accent' | 'soft' | 'warn' | 'bad' | 'ok';
  }[];
  readonly whole: Paise;
}

const SCALE = 1_000n;

/** Parts of a whole as one bar (spent and committed of a budget). What goes beyond the whole fills the bar and is said in words beside it. */
export function BarMeter({ label, parts, whole }: Props) {
  const sum = parts.reduce((total, part) => total + part.paise, 0n);
  const base = sum > whole ? sum : whole;
  let left = 0n;
  const shown = parts.map((part) => {
    const x = base === 0n ? 0n : (left * SCALE) / base;
    left += part.paise;
    const end = base === 0n ? 0n : (left * SCALE) / base;
    return { ...part, x, width: end - x };
  });
  const spoken = parts.map((part) => `${part.label} ${formatRupees(part.paise)}`).join(', ');
  return (
    <svg
      className="bar-meter"
      role="img"
      viewBox="0 0 1000 8"
      preserveAspectRatio="none"
      aria-label={`${label}: ${spoken}`}
    >
      <rect className="bar-ground" width="1000" height="8" />
      {shown.map((part) => (
        <rect
          key={part.label}
          className={`bar-${part.tone}`}
          x={String(part.x)}
          width={String(part.width)}
          height="8"
        />
      ))}
    </svg>
  );
}
