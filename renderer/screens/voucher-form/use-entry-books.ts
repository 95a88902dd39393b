import { useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ChartAccount, ChartCentre } from '../../../shared/ipc/contract/chart.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import type { Paise } from '../../../shared/kernel/money.ts';
import { askOptions, useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import type { EntryBooks } from './read-entry.ts';
import type { LineValues } from './voucher-values.ts';

export interface FormBooks extends EntryBooks {
  /** What stands with a party, debit positive; null until it has come. */
  partyBalance(vendorId: string): Paise | null;
  readonly chart: Output<'chart.get'> | undefined;
  /** In use, by code. */
  readonly accounts: readonly ChartAccount[];
  readonly departments: readonly ChartCentre[];
  readonly funds: readonly ChartCentre[];
}

/** What of the books the form shows and proposes from: the chart with balances, and the open bills of the parties it names. */
export function useEntryBooks(collegeId: Id, lines: readonly LineValues[]): FormBooks {
  const desk = useDesk();
  const { session } = useWork();
  const { data: chart } = useAsk('chart.get', { collegeId, financialYear: session.financialYear });
  const vendorIds = [...new Set(lines.flatMap(({ vendorId }) => (vendorId === '' ? [] : [vendorId])))];
  const answers = useQueries({
    queries: vendorIds.map((vendorId) => askOptions(desk, 'bills.open', { collegeId, vendorId })),
  });
  const known = useMemo(() => {
    const accounts = chart?.accounts.filter(({ isActive }) => isActive) ?? [];
    const centres = chart?.costCentres.filter(({ isActive }) => isActive) ?? [];
    return {
      accounts,
      byCode: new Map(chart?.accounts.map((account) => [account.code, account])),
      departments: centres.filter(({ kind }) => kind === 'department'),
      funds: centres.filter(({ kind }) => kind !== 'department'),
    };
  }, [chart]);
  return {
    chart,
    ...known,
    account: (code) => known.byCode.get(code),
    partyBalance: (vendorId) => {
      const bills = answers[vendorIds.indexOf(vendorId)]?.data;
      return bills === undefined ? null : bills.rows.reduce((sum, bill) => sum + bill.openPaise, bills.onAccountPaise);
    },
    openBills: (vendorId) => answers[vendorIds.indexOf(vendorId)]?.data?.rows ?? null,
    hasDepartments: known.departments.length > 0,
    hasFunds: known.funds.length > 0,
  };
}
