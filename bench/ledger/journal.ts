import { closeSync, openSync, writeSync } from 'node:fs';
import { chartAccounts, type LedgerVoucher, ledgerVouchers } from './data.mjs';

const heads: Readonly<Record<string, string>> = {
  asset: 'Assets',
  liability: 'Liabilities',
  fund: 'Equity',
  income: 'Income',
  expense: 'Expenses',
};
const names = new Map(chartAccounts.map(({ code, kind }) => [code, `${heads[kind]}:${code}`]));
export const journalAccount = (code: string): string => names.get(code) ?? code;
/** `Assets:1210` is the account 1210. */
export const codeInJournal = (account: string): string => account.slice(account.lastIndexOf(':') + 1);

/** Paise as a journal writes rupees: `-12345.07`, with a point and nothing between the thousands. */
export function rupees(paise: bigint): string {
  const whole = paise < 0n ? -paise : paise;
  return `${paise < 0n ? '-' : ''}${whole / 100n}.${String(whole % 100n).padStart(2, '0')}`;
}

/** A voucher in the plain-text form that hledger and ledger read alike. Debit is positive. */
export function journalEntry({ voucher, lines }: LedgerVoucher): string {
  const { date, number, party, narration } = voucher;
  const postings = lines.map((line) => {
    const amount = BigInt(Number(line.debit_paise)) - BigInt(Number(line.credit_paise));
    return `    ${journalAccount(String(line.account_code))}  INR ${rupees(amount)}`;
  });
  return `${[`${date} (${number}) ${party === null ? '' : `${party} | `}${narration}`, ...postings].join('\n')}\n\n`;
}

/** The whole generated ledger as one file. */
export function writeJournal(file: string, lineCount: number): void {
  const out = openSync(file, 'w');
  let waiting = '';
  for (const voucher of ledgerVouchers(lineCount)) {
    waiting += journalEntry(voucher);
    if (waiting.length < 1 << 20) continue;
    writeSync(out, waiting);
    waiting = '';
  }
  writeSync(out, waiting);
  closeSync(out);
}
