import type { AuditChange, PlainRow } from '../../domain/audit/diff.ts';
import type { ExpenseView } from '../../ipc/contract/expenses.ts';
import { type Plain, parseCanonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';

export type TimelineEntry = ExpenseView['timeline'][number];
export type FieldChange = TimelineEntry['changes'][number];

/** What a timeline reads of an audit entry. */
export interface ChainedEntry {
  readonly id: Id;
  readonly version: number;
  readonly position: number;
  readonly commandName: string;
  readonly actorName: string;
  readonly deviceId: Id;
  readonly occurredAt: number;
  readonly command: string;
  readonly signature: string;
  readonly changes: string;
}

/** The name of the desk that entered it, where this desk knows it. */
export type DeviceNames = (deviceId: Id) => string | null;

/** Fields that mean something to a person, and how their values are shown. Ids, counters and derived sums are left out. */
const shownFields: Readonly<Record<string, FieldChange['kind']>> = {
  status: 'text',
  number: 'text',
  name: 'text',
  gstin: 'text',
  pan: 'text',
  ifsc: 'text',
  accountNumber: 'text',
  accountName: 'text',
  email: 'text',
  phone: 'text',
  category: 'text',
  accountCode: 'text',
  vendorName: 'text',
  billNo: 'text',
  billDate: 'date',
  description: 'text',
  department: 'text',
  taxablePaise: 'money',
  cgstPaise: 'money',
  sgstPaise: 'money',
  igstPaise: 'money',
  itcEligible: 'flag',
  tdsPaise: 'money',
  totalPaise: 'money',
  overBudget: 'flag',
  overBudgetReason: 'text',
  dueAt: 'instant',
  paidOn: 'date',
  paymentReference: 'text',
  fileName: 'text',
  allocatedPaise: 'money',
  isActive: 'flag',
  utr: 'text',
  failureText: 'text',
  bankName: 'text',
  paymentLimitPaise: 'money',
  dailyLimitPaise: 'money',
};

/** Tables whose changes a timeline tells; the others follow from them. */
const toldTables: ReadonlySet<string> = new Set([
  ...['expenses', 'receipts', 'vendors', 'budgets'],
  ...['bank_accounts', 'beneficiaries', 'payment_orders'],
]);

/**
 * One entry as the timeline shows it.
 * @param rowId tells only the changes of this row and of receipts; null tells those of every row
 */
export function timelineEntry(entry: ChainedEntry, deviceName: DeviceNames, rowId: Id | null): TimelineEntry {
  return {
    commandId: entry.id,
    commandName: entry.commandName,
    actorName: entry.actorName,
    deviceId: entry.deviceId,
    deviceName: deviceName(entry.deviceId),
    occurredAt: entry.occurredAt,
    // A desk's own prediction has no place in the chain yet.
    position: entry.version > 0 ? entry.position : null,
    signed: entry.signature !== '',
    comment: commentOf(entry.command),
    changes: readChanges(entry.changes)
      .filter((change) => toldTables.has(change.table))
      .filter((change) => rowId === null || change.id === rowId || change.table === 'receipts')
      .flatMap(fieldChanges),
  };
}

export const readChanges = (text: string): readonly AuditChange[] => parseCanonical(text) as unknown as AuditChange[];

/** What the person wrote with the step. */
function commentOf(command: string): string | null {
  const parsed = parseCanonical(command) as { readonly args?: Readonly<Record<string, unknown>> };
  const words = ['comment', 'reason', 'overBudgetReason']
    .map((name) => parsed.args?.[name])
    .filter((word): word is string => typeof word === 'string' && word !== '');
  return words.length === 0 ? null : [...new Set(words)].join('\n');
}

function fieldChanges(change: AuditChange): FieldChange[] {
  if (change.kind === 'named') return [];
  const before: PlainRow = change.kind === 'added' ? {} : change.before;
  const after: PlainRow = change.kind === 'removed' ? {} : change.after;
  return Object.entries(shownFields).flatMap(([field, kind]) => {
    const [old, fresh] = [shown(before[field]), shown(after[field])];
    return old === fresh ? [] : [{ field, kind, before: old, after: fresh }];
  });
}

/** Texts ready to show: money and instants in plain digits, flags as true and false. */
const shown = (value: Plain | undefined): string | null =>
  value === undefined || value === null ? null : typeof value === 'string' ? value : String(value);
