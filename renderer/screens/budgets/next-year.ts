import type { FinancialYear } from '../../../shared/kernel/dates.ts';

/** `2026-27` gives `2027-28`. */
export const yearAfter = (year: FinancialYear): FinancialYear => {
  const first = Number.parseInt(year.slice(0, 4), 10) + 1;
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
};
