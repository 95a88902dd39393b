export interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string;
  readonly peerValue: number;
}
export type Report = (figure: Figure) => void;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) throw new Error('no values to take the median of');
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * One line per figure: JSON for machines, or a table row for people. The ratio is ours by theirs; below 1 Munim is quicker or smaller. It
 * is null where the peer has nothing to divide by.
 */
export function reporter(json: boolean): Report {
  return ({ metric, value, unit, peer, peerValue }) => {
    const ratio = peerValue === 0 ? null : Number((value / peerValue).toPrecision(3));
    const shown = {
      metric,
      value: Number(value.toFixed(3)),
      unit,
      peer,
      peerValue: Number(peerValue.toFixed(3)),
      ratio,
    };
    if (json) console.log(JSON.stringify(shown));
    else
      console.log(
        `${metric.padEnd(48)} ${value.toFixed(2).padStart(10)} ${unit.padEnd(4)} ${peer} ${peerValue.toFixed(2)}, ratio ${ratio ?? '-'}`,
      );
  };
}
