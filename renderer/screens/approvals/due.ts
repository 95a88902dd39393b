import type { EpochMs } from '../../../shared/kernel/dates.ts';
import type { Text } from '../../i18n/text.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Up to two days people count in hours: that is the time a decision has. */
const HOURS_UNTIL = 48 * HOUR;
const SOON = 4 * HOUR;

export interface Due {
  readonly text: string;
  /** `overdue` from the very instant on, as the desk counts it. */
  readonly state: 'later' | 'soon' | 'overdue';
}

/** When a decision is due, seen from now: `in 5 hours`, `2 days overdue`. Full units that have passed or are left, rounded down. */
export function dueIn(dueAt: EpochMs, now: EpochMs, text: Text): Due {
  const left = dueAt - now;
  const span = Math.abs(left);
  const [unit, size] =
    span < HOUR
      ? (['minutes', MINUTE] as const)
      : span < HOURS_UNTIL
        ? (['hours', HOUR] as const)
        : (['days', DAY] as const);
  const count = Math.floor(span / size);
  if (left <= 0) return { text: text(`approvals.overdue.${unit}`, { count }), state: 'overdue' };
  return { text: text(`approvals.due.${unit}`, { count }), state: left < SOON ? 'soon' : 'later' };
}
