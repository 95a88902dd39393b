import { create } from 'zustand';
import type { FinancialYear } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';

interface Scope {
  /** Null: every college this desk keeps. */
  readonly collegeId: Id | null;
  /** Null: the present year. */
  readonly financialYear: FinancialYear | null;
  setCollege(collegeId: Id | null): void;
  setYear(financialYear: FinancialYear): void;
}

/** Which college and year the screens are about. */
export const useScope = create<Scope>((set) => ({
  collegeId: null,
  financialYear: null,
  setCollege: (collegeId) => set({ collegeId }),
  setYear: (financialYear) => set({ financialYear }),
}));
