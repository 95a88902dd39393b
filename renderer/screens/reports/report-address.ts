import type { ReportLink } from '../../../shared/domain/report/document.ts';
import { type ReportName, reportNames } from '../../../shared/domain/report/names.ts';
import { type IsoDate, isIsoDate } from '../../../shared/kernel/dates.ts';

/** What a report on screen is narrowed to; days that are not given follow the financial year. */
export interface ReportChoice {
  readonly report: ReportName;
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
  readonly accountCode?: string | undefined;
  readonly vendorId?: string | undefined;
  readonly centreCode?: string | undefined;
}

const parts = ['from', 'to', 'accountCode', 'vendorId', 'centreCode'] as const;

/** `/reports/ledger/accountCode=1200&from=2026-04-01`: an address says everything, so that Back leads back to what was seen. */
export function addressOf(choice: ReportChoice): string {
  const search = new URLSearchParams();
  for (const part of parts) {
    const value = choice[part];
    if (value !== undefined && value !== '') search.set(part, value);
  }
  const rest = search.toString();
  return `/reports/${choice.report}${rest === '' ? '' : `/${rest}`}`;
}

/** Null for the list of reports, and for a name or a day that is none. */
export function readAddress(location: string): ReportChoice | null {
  const [, , name, rest = ''] = location.split('/');
  const report = reportNames.find((one) => one === name);
  if (report === undefined) return null;
  const search = new URLSearchParams(rest);
  const choice: Record<string, string> = {};
  for (const part of parts) {
    const value = search.get(part);
    if (value === null || value === '') continue;
    if ((part === 'from' || part === 'to') && !isIsoDate(value)) continue;
    choice[part] = value;
  }
  return { report, ...choice };
}

/** Where a row of a report leads, over the same days unless the row says otherwise. */
export function addressOfLink(link: ReportLink, from: IsoDate, to: IsoDate): string {
  switch (link.to) {
    case 'voucher':
      return `/vouchers/${link.id}`;
    case 'expense':
      return `/expenses/${link.id}`;
    case 'vendor':
      return `/vendors/${link.id}`;
    case 'account':
      return addressOf({ report: 'ledger', accountCode: link.accountCode, from, to });
    case 'report': {
      const report = reportNames.find((one) => one === link.report) ?? 'trial_balance';
      return addressOf({ from, to, ...link.of, report });
    }
  }
}
