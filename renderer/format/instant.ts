import { type EpochMs, formatDate, istDate, istTime } from '../../shared/kernel/dates.ts';
import type { Text } from '../i18n/text.ts';

/** An instant in Indian time: `today 14:02`, `yesterday 09:30` or `03-04-2026 11:15`. */
export function formatInstant(at: EpochMs, now: EpochMs, text: Text): string {
  const day = istDate(at);
  const time = istTime(at);
  if (day === istDate(now)) return text('time.today', { time });
  if (day === istDate(now - 86_400_000)) return text('time.yesterday', { time });
  return `${formatDate(day)} ${time}`;
}
