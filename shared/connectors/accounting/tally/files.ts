import type { ExchangeMasters, ExchangeVoucher } from '../../../domain/exchange/model.ts';
import { MunimError } from '../../../kernel/errors.ts';
import { limits } from '../../../kernel/limits.ts';
import { importFile } from './envelope.ts';
import { type TallyVouchers, VouchersReader, voucherRecords } from './operations.ts';
import { MastersReader, masterRecords, type TallyMasters } from './read-masters.ts';
import { mastersXml } from './write-masters.ts';
import { voucherXml } from './write-voucher.ts';
import { type ReadOptions, TallyXmlReader } from './xml-reader.ts';
import type { TallyEncoding } from './xml-text.ts';

/** The file for Gateway of Tally > Import > Masters, which has to go before the vouchers. */
export const mastersFile = (masters: ExchangeMasters, encoding?: TallyEncoding): Uint8Array =>
  importFile('All Masters', mastersXml(masters), encoding);

/** The file for Gateway of Tally > Import > Transactions. */
export const vouchersFile = (vouchers: readonly ExchangeVoucher[], encoding?: TallyEncoding): Uint8Array =>
  importFile('Vouchers', vouchers.map(voucherXml), encoding);

export interface TallyFile {
  readonly masters: TallyMasters;
  readonly vouchers: TallyVouchers;
}

/**
 * Reads a file that Tally exported, of masters or vouchers or both, as it comes from the disk. Vouchers need the masters of their company
 * where it has types of voucher of its own; in one file the types stand before them.
 * @throws MunimError TALLY_XML_BROKEN, TALLY_XML_UNSAFE, TALLY_TOO_LARGE
 */
export async function readTallyFile(
  chunks: AsyncIterable<Uint8Array>,
  voucherTypes: ReadonlyMap<string, string> = new Map(),
): Promise<TallyFile> {
  const masters = new MastersReader();
  for (const [type, parent] of voucherTypes) masters.voucherTypes.set(type, parent);
  const vouchers = new VouchersReader(masters.voucherTypes, null);
  const options: ReadOptions = {
    records: new Set([...masterRecords, ...voucherRecords]),
    bytesMax: limits.tally.fileBytesMax,
    onRecord(record) {
      if (voucherRecords.has(record.name)) vouchers.add(record);
      else masters.add(record);
    },
  };
  const reader = new TallyXmlReader(options);
  for await (const chunk of chunks) reader.write(chunk);
  reader.end();
  if (reader.root !== 'ENVELOPE') {
    throw new MunimError('TALLY_XML_BROKEN', { line: 1, detail: 'no ENVELOPE of Tally' });
  }
  return { masters: masters.end(), vouchers: vouchers.end() };
}
