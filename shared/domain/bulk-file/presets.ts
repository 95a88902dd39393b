import type { BulkCell, BulkLayout, BulkValue } from './layout.ts';

const cell = (value: BulkValue, max: number): BulkCell => ({ kind: 'value', value, max });
const text = (words: string): BulkCell => ({ kind: 'text', text: words });
const empty = text('');

/**
 * Layouts to begin with. None of the banks publishes an authoritative form for all its customers: whoever uses one compares the preview with
 * the letter of his branch first, and keeps a layout of his own where they differ.
 */
export const bulkPresets: Readonly<Record<'hdfc_enet' | 'icici_cib' | 'sbi_cinb', BulkLayout>> = {
  // ENet: no header, the mode as one letter, a file named after client, day and serial.
  hdfc_enet: {
    fileName: '{client}{dd}{mm}.{serial}',
    delimiter: ',',
    lineEnd: 'crlf',
    head: null,
    row: [
      cell('mode', 1),
      cell('beneficiaryAccount', 25),
      cell('amount', 17),
      cell('beneficiaryName', 40),
      cell('reference', 20),
      cell('purpose', 30),
      cell('date', 10),
      cell('beneficiaryIfsc', 11),
      cell('debitAccount', 25),
    ],
    foot: null,
    modes: { neft: 'N', rtgs: 'R', own: 'I' },
    dates: 'dd/mm/yyyy',
    isPlainText: true,
  },
  // Corporate Internet Banking: a header row with number and sum of the payments, then one row each.
  icici_cib: {
    fileName: '{client}_{dd}{mm}{yyyy}_{serial}.txt',
    delimiter: '|',
    lineEnd: 'crlf',
    head: [text('FHR'), cell('count', 6), cell('total', 17), cell('debitAccount', 12), cell('date', 10), empty],
    row: [
      text('PRB'),
      cell('mode', 3),
      cell('amount', 17),
      cell('beneficiaryAccount', 34),
      cell('beneficiaryIfsc', 11),
      cell('beneficiaryName', 32),
      cell('reference', 20),
      cell('purpose', 30),
    ],
    foot: null,
    modes: { neft: 'NFT', rtgs: 'RTG', own: 'WIB' },
    dates: 'dd/mm/yyyy',
    isPlainText: true,
  },
  // Corporate internet banking of SBI: text with a debit row of the whole sum and credit rows.
  sbi_cinb: {
    fileName: '{client}{dd}{mm}{yyyy}{serial}.txt',
    delimiter: '#',
    lineEnd: 'crlf',
    head: [
      cell('debitAccount', 17),
      cell('debitIfsc', 11),
      cell('date', 10),
      cell('total', 17),
      empty,
      cell('client', 20),
    ],
    row: [
      cell('beneficiaryAccount', 17),
      cell('beneficiaryIfsc', 11),
      cell('date', 10),
      empty,
      cell('amount', 17),
      cell('reference', 20),
      cell('beneficiaryName', 35),
      cell('mode', 4),
    ],
    foot: null,
    modes: { neft: 'NEFT', rtgs: 'RTGS', own: 'DCR' },
    dates: 'dd/mm/yyyy',
    isPlainText: true,
  },
};
export type BulkPreset = keyof typeof bulkPresets;
export const isBulkPreset = (name: string): name is BulkPreset => Object.hasOwn(bulkPresets, name);
