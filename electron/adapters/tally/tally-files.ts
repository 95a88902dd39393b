import { mastersFile, readTallyFile, vouchersFile } from '../../../shared/connectors/accounting/tally/files.ts';
import type { AccountingFiles } from '../../../shared/ports/accounting-files.ts';
import type { AccountingLink } from '../../../shared/ports/accounting-link.ts';
import { TallyLink } from './tally-link.ts';

/** The two ways to Tally: its files, and its port. */
export interface TallyTools {
  readonly files: AccountingFiles;
  /** @throws MunimError INPUT_INVALID for an address that is none */
  link(address: string): AccountingLink;
}

export const tallyTools: TallyTools = {
  files: {
    extension: 'xml',
    mime: 'application/xml',
    mastersFile: (masters) => mastersFile(masters),
    vouchersFile: (vouchers) => vouchersFile(vouchers),
    async read(chunks) {
      const { masters, vouchers } = await readTallyFile(chunks);
      return { masters, vouchers: vouchers.vouchers, leftOut: [...masters.skipped, ...vouchers.skipped] };
    },
  },
  link: (address) => new TallyLink({ address }),
};
