import { z } from 'zod';
import { zId, zPaise, zVendorFields } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';
import { zSearch, zWindow } from './lists.ts';

export const zVendorView = z.strictObject({
  id: zId,
  collegeId: zId,
  fields: zVendorFields,
  isActive: z.boolean(),
  pending: z.boolean(),
  expenseCount: z.int(),
  billedPaise: zPaise,
  /** Approved and not yet paid. */
  outstandingPaise: zPaise,
});
export interface VendorView extends Readonly<z.infer<typeof zVendorView>> {}

export const zBudgetView = z.strictObject({
  category: z.string(),
  label: z.string(),
  labelHi: z.string(),
  collegeId: zId,
  allocatedPaise: zPaise,
  committedPaise: zPaise,
  spentPaise: zPaise,
  availablePaise: zPaise,
  /** Spent and committed of allocated, in basis points. */
  usedBp: z.int(),
  alertLevel: z.enum(['normal', 'warning', 'critical']),
});
export interface BudgetView extends Readonly<z.infer<typeof zBudgetView>> {}

export const masterChannels = {
  /** What forms choose from. */
  'masters.get': channel(
    z.strictObject({ collegeId: zId }),
    z.strictObject({
      categories: z.array(
        z.strictObject({
          code: z.string(),
          label: z.string(),
          labelHi: z.string(),
          requiresApproval: z.boolean(),
          receiptThresholdPaise: zPaise,
          defaultAccountCode: z.string(),
        }),
      ),
      accounts: z.array(
        z.strictObject({ code: z.string(), name: z.string(), kind: z.string(), role: z.string().nullable() }),
      ),
    }),
  ),
  'vendors.page': channel(
    z.strictObject({ collegeId: zId.nullable(), text: zSearch, ...zWindow }),
    z.strictObject({ rows: z.array(zVendorView), count: z.int() }),
  ),
  'vendors.get': channel(z.strictObject({ id: zId }), zVendorView),
  'budgets.list': channel(
    z.strictObject({ collegeId: zId, financialYear: z.string() }),
    z.strictObject({
      rows: z.array(zBudgetView),
      allocatedPaise: zPaise,
      committedPaise: zPaise,
      spentPaise: zPaise,
      /** Spent by month of the year, April first, for the chart. */
      months: z.array(z.strictObject({ month: z.string(), spentPaise: zPaise })),
    }),
  ),
} as const;
