import {
  ArchiveRestore,
  ArrowLeftRight,
  BookOpenText,
  Cable,
  CalendarCheck,
  FileBarChart,
  FolderInput,
  HandCoins,
  Inbox,
  Landmark,
  LibraryBig,
  ListTree,
  type LucideIcon,
  ReceiptIndianRupee,
  RefreshCw,
  ScrollText,
  Store,
  Wallet,
} from 'lucide-react';
import { type ComponentType, lazy } from 'react';
import type { Role } from '../../shared/domain/rows.ts';
import type { MessageKey } from '../i18n/catalogue.ts';

/** One entry of the rail and what opens below it. */
export interface Screen {
  /** First part of the address, `/expenses`; the screen has everything below it for itself. */
  readonly path: string;
  readonly title: MessageKey;
  readonly icon: LucideIcon;
  /** Who sees it; the desk decides what each may do. */
  readonly roles: readonly Role[];
  readonly component: ComponentType;
}

/** Everyone who reads the books. */
export const READERS: readonly Role[] = [
  'college_accounts_admin',
  'principal',
  'super_accountant',
  'auditor',
  'it_admin',
  'superuser',
];

/** Who sets up connections to banks. */
export const CONNECTORS: readonly Role[] = ['college_accounts_admin', 'it_admin', 'superuser'];

/** A screen is fetched when it is first opened. */
const load = (screen: () => Promise<ComponentType>): ComponentType => lazy(async () => ({ default: await screen() }));

/** All screens in the order of the rail. */
export const screens: readonly Screen[] = [
  {
    path: '/vouchers',
    title: 'screen.vouchers',
    icon: BookOpenText,
    roles: READERS,
    component: load(async () => (await import('../screens/vouchers/vouchers.tsx')).Vouchers),
  },
  {
    path: '/expenses',
    title: 'screen.expenses',
    icon: ReceiptIndianRupee,
    roles: READERS,
    component: load(async () => (await import('../screens/expenses/expenses.tsx')).Expenses),
  },
  {
    path: '/approvals',
    title: 'screen.approvals',
    icon: Inbox,
    roles: ['principal', 'super_accountant'],
    component: load(async () => (await import('../screens/approvals/approvals.tsx')).Approvals),
  },
  {
    path: '/payments',
    title: 'screen.payments',
    icon: HandCoins,
    roles: READERS,
    component: load(async () => (await import('../screens/payments/payments.tsx')).Payments),
  },
  {
    path: '/reconciliation',
    title: 'screen.reconciliation',
    icon: Landmark,
    roles: READERS,
    component: load(async () => (await import('../screens/reconciliation/reconciliation.tsx')).Reconciliation),
  },
  {
    path: '/budgets',
    title: 'screen.budgets',
    icon: Wallet,
    roles: READERS,
    component: load(async () => (await import('../screens/budgets/budgets.tsx')).Budgets),
  },
  {
    path: '/reports',
    title: 'screen.reports',
    icon: FileBarChart,
    roles: READERS,
    component: load(async () => (await import('../screens/reports/reports.tsx')).Reports),
  },
  {
    path: '/periods',
    title: 'screen.periods',
    icon: CalendarCheck,
    roles: READERS,
    component: load(async () => (await import('../screens/periods/periods.tsx')).Periods),
  },
  {
    path: '/vendors',
    title: 'screen.vendors',
    icon: Store,
    roles: READERS,
    component: load(async () => (await import('../screens/vendors/vendors.tsx')).Vendors),
  },
  {
    path: '/chart',
    title: 'screen.chart',
    icon: ListTree,
    roles: READERS,
    component: load(async () => (await import('../screens/chart/chart.tsx')).Chart),
  },
  {
    path: '/import',
    title: 'screen.import',
    icon: FolderInput,
    roles: ['college_accounts_admin', 'principal', 'super_accountant'],
    component: load(async () => (await import('../screens/import/import.tsx')).Import),
  },
  {
    path: '/tally',
    title: 'screen.exchange',
    icon: ArrowLeftRight,
    roles: ['college_accounts_admin'],
    component: load(async () => (await import('../screens/exchange/exchange.tsx')).Exchange),
  },
  {
    path: '/connections',
    title: 'screen.connections',
    icon: Cable,
    roles: CONNECTORS,
    component: load(async () => (await import('../screens/connections/connections.tsx')).Connections),
  },
  {
    path: '/sync',
    title: 'screen.sync',
    icon: RefreshCw,
    roles: READERS,
    component: load(async () => (await import('../screens/sync/sync.tsx')).Sync),
  },
  {
    path: '/backup',
    title: 'screen.backup',
    icon: ArchiveRestore,
    roles: READERS,
    component: load(async () => (await import('../screens/backup/backup.tsx')).Backup),
  },
  {
    path: '/consolidated',
    title: 'screen.consolidated',
    icon: LibraryBig,
    roles: ['super_accountant', 'auditor', 'superuser'],
    component: load(async () => (await import('../screens/consolidated/consolidated.tsx')).Consolidated),
  },
  {
    path: '/audit',
    title: 'screen.audit',
    icon: ScrollText,
    roles: READERS,
    component: load(async () => (await import('../screens/audit/audit.tsx')).Audit),
  },
];

const HOME: Partial<Record<Role, string>> = {
  principal: '/approvals',
  super_accountant: '/consolidated',
  auditor: '/audit',
};

/** Where a person of the role begins the day. */
export function homeOf(role: Role): string {
  const home = HOME[role];
  return screens.some((screen) => screen.path === home && screen.roles.includes(role)) && home !== undefined
    ? home
    : '/expenses';
}
