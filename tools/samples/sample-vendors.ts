import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { gstinCheckDigit } from '../../shared/domain/identity/gstin.ts';

const zVendor = z.strictObject({
  name: z.string(),
  /** GST state code; null where the vendor is not registered. */
  state: z.string().nullable(),
  pan: z.string().nullable(),
  /** How the vendor numbers his bills; `#` is the running number. */
  bills: z.string(),
  category: z.string(),
  glCode: z.string(),
  items: z.array(z.string()),
  /** Rupees of one bill, from and to. */
  range: z.tuple([z.int(), z.int()]),
  /** GST rate in percent; 0 for exempt supplies and unregistered vendors. */
  rate: z.literal([0, 5, 18]),
  /** TDS in percent of the taxable value and the value from which it is deducted. */
  tds: z.tuple([z.int(), z.int()]).optional(),
  /** How often his bills come, against the others. */
  weight: z.int(),
});

export type SampleVendor = Omit<z.infer<typeof zVendor>, 'state'> & { readonly gstin: string | null };

export const COLLEGE_STATE = '27';

/** The invented suppliers of an invented engineering college in Maharashtra; their numbers are made up around right check digits. */
export const sampleVendors: readonly SampleVendor[] = z
  .array(zVendor)
  .parse(JSON.parse(readFileSync(join(import.meta.dirname, 'vendors.json'), 'utf8')))
  .map(({ state, ...vendor }) => ({ ...vendor, gstin: state === null ? null : gstinOf(state, vendor.pan ?? '') }));

function gstinOf(state: string, pan: string): string {
  const first14 = `${state}${pan}1Z`;
  return first14 + gstinCheckDigit(first14);
}

/** Monthly payroll of the departments, posted as one bill each. */
export const payroll: readonly { readonly department: string; readonly code: string; readonly rupees: number }[] = [
  { department: 'Civil Engineering', code: 'CIV', rupees: 14_82_600 },
  { department: 'Mechanical Engineering', code: 'MEC', rupees: 17_41_250 },
  { department: 'Electrical Engineering', code: 'ELE', rupees: 12_65_900 },
  { department: 'Computer Engineering', code: 'CMP', rupees: 21_38_400 },
  { department: 'Electronics Engineering', code: 'ETC', rupees: 15_17_750 },
  { department: 'First Year and Sciences', code: 'FES', rupees: 11_04_300 },
  { department: 'Library', code: 'LIB', rupees: 2_46_800 },
  { department: 'Office', code: 'OFF', rupees: 5_93_450 },
];
export const departments = [...payroll.map(({ department }) => department), 'Hostel', 'Workshop'];
