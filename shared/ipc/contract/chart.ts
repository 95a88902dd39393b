import { z } from 'zod';
import { zAccountFields, zCostCentreFields, zGroupFields, zId, zPaise, zYear } from '../../sync/command-args.ts';
import { channel } from '../channel.ts';

const zChartAccount = z.strictObject({
  ...zAccountFields.shape,
  id: zId,
  role: z.enum(['vendor_payable', 'tds_payable', 'input_cgst', 'input_sgst', 'input_igst', 'bank', 'cash']).nullable(),
  isActive: z.boolean(),
  pending: z.boolean(),
  /** Debit positive. Of income and expense what the year brought, of the others what stands at its end. */
  balancePaise: zPaise,
});
export interface ChartAccount extends Readonly<z.infer<typeof zChartAccount>> {}

const zChartGroup = z.strictObject({ ...zGroupFields.shape, id: zId, isActive: z.boolean(), pending: z.boolean() });
export interface ChartGroup extends Readonly<z.infer<typeof zChartGroup>> {}

const zChartCentre = z.strictObject({
  ...zCostCentreFields.shape,
  id: zId,
  isActive: z.boolean(),
  pending: z.boolean(),
});
export interface ChartCentre extends Readonly<z.infer<typeof zChartCentre>> {}

export const chartChannels = {
  /** The whole chart of a college, each list by code, with what is no longer in use. */
  'chart.get': channel(
    z.strictObject({ collegeId: zId, financialYear: zYear }),
    z.strictObject({
      groups: z.array(zChartGroup),
      accounts: z.array(zChartAccount),
      costCentres: z.array(zChartCentre),
    }),
  ),
} as const;
