import type { ReportColumn, ReportDocument, ReportHead, ReportRow } from '../../../shared/domain/report/document.ts';
import type { ReportLanguage } from '../../../shared/domain/report/file-words.ts';
import type { ReportOrder } from '../../../shared/ports/reports.ts';
import { reportFiles } from './write-report.ts';

const english = {
  title: 'Receipts and Payments Account',
  collegeName: 'Shri Shivaji Arts, Commerce & Science College',
  collegeAddress: 'Station Road, Baramati, Dist. Pune 413102, Maharashtra',
  period: '1 April 2026 to 31 March 2027',
  notes: ['Provisional: three vouchers wait for approval.'],
  signatures: ['Accountant', 'Principal', 'Chartered Accountant'],
  names: ['Tuition fees', 'Laboratory expenses', 'Electricity', 'Salary of teaching staff', 'श्री गणेश ट्रेडर्स, पुणे'],
};
const hindi: typeof english = {
  title: 'प्राप्ति एवं भुगतान लेखा',
  collegeName: 'श्री शिवाजी कला, वाणिज्य एवं विज्ञान महाविद्यालय',
  collegeAddress: 'स्टेशन रोड, बारामती, जिला पुणे ४१३१०२, महाराष्ट्र',
  period: '1 अप्रैल 2026 से 31 मार्च 2027',
  notes: ['अनंतिम: तीन वाउचर स्वीकृति की प्रतीक्षा में हैं।'],
  signatures: ['लेखापाल', 'प्राचार्य', 'सनदी लेखाकार'],
  names: ['शिक्षण शुल्क', 'प्रयोगशाला व्यय', 'विद्युत', 'शिक्षक वर्ग का वेतन', 'छात्रवृत्ति (राज्य शासन)'],
};

export const headOf = (language: ReportLanguage, columns: readonly ReportColumn[]): ReportHead => ({
  ...(language === 'hi' ? hindi : english),
  columns,
  language,
});

/** A statement of `count` lines under two headings, with subtotals and a grand total. */
export function statement(count: number, language: ReportLanguage = 'en'): ReportDocument {
  const hi = language === 'hi';
  const names = hi ? hindi.names : english.names;
  const rows: ReportRow[] = [];
  const totals: number[] = [];
  const half = Math.ceil(count / 2);
  for (const [section, size] of [half, count - half].entries()) {
    if (size === 0) continue;
    const label = hi ? ['प्राप्तियाँ', 'भुगतान'][section] : ['Receipts', 'Payments'][section];
    rows.push({ kind: 'heading', depth: 0, label: label ?? '' });
    const from = rows.length;
    let [now, before] = [0n, 0n];
    for (let index = 0; index < size; index += 1) {
      const cells = {
        code: `4${String(index + 1).padStart(4, '0')}`,
        name: `${names[index % names.length]} ${index + 1}`,
        now: BigInt(((index + 7) * 7_919_31) % 98_765_432_10),
        before: index % 4 === 3 ? null : BigInt(((index + 3) * 104_729_77) % 1_234_567_89),
      };
      now += cells.now;
      before += cells.before ?? 0n;
      rows.push({ kind: 'line', depth: 1, cells, link: { to: 'account', accountCode: cells.code } });
    }
    totals.push(rows.length);
    rows.push({
      kind: 'total',
      depth: 0,
      label: hi ? `योग, ${label}` : `Total, ${label}`,
      cells: { now, before },
      adds: [[from, from + size - 1]],
    });
  }
  const sum = (key: string): bigint =>
    totals.reduce((total, index) => {
      const row = rows[index];
      const cell = row?.kind === 'total' ? row.cells[key] : 0n;
      return total + (typeof cell === 'bigint' ? cell : 0n);
    }, 0n);
  rows.push({
    kind: 'total',
    depth: 0,
    label: hi ? 'कुल योग' : 'Grand total',
    cells: { now: sum('now'), before: sum('before') },
    adds: totals.map((index) => [index, index]),
    strong: true,
  });
  const columns: ReportColumn[] = [
    { key: 'code', header: hi ? 'कोड' : 'Code', kind: 'text' },
    { key: 'name', header: hi ? 'विवरण' : 'Particulars', kind: 'text', wide: true },
    { key: 'now', header: hi ? '2026-27 ₹' : '2026-27 ₹', kind: 'money' },
    { key: 'before', header: hi ? '2025-26 ₹' : '2025-26 ₹', kind: 'money' },
  ];
  return { ...headOf(language, columns), rows };
}

/** A ledger with a running balance, too wide for an upright page. */
export function ledger(count: number, language: ReportLanguage = 'en'): ReportDocument {
  const hi = language === 'hi';
  let balance = 1_25_000_00n;
  let [debits, credits] = [0n, 0n];
  const rows: ReportRow[] = [
    { kind: 'line', depth: 0, cells: { narration: hi ? 'आरंभिक शेष' : 'Opening balance', balance } },
  ];
  for (let index = 0; index < count; index += 1) {
    const amount = BigInt(((index + 11) * 98_76_543) % 45_67_89_012);
    const [debit, credit] = index % 3 === 0 ? [amount, null] : [null, amount];
    balance += (debit ?? 0n) - (credit ?? 0n);
    debits += debit ?? 0n;
    credits += credit ?? 0n;
    const date = `2026-${String(4 + (index % 9)).padStart(2, '0')}-${String(1 + (index % 28)).padStart(2, '0')}`;
    const narration = hi
      ? `श्री गणेश ट्रेडर्स को प्रयोगशाला सामग्री के बिल क्रमांक ${index + 1} का भुगतान, प्राचार्य की स्वीकृति के अनुसार`
      : `Paid to Om Sai Traders against bill no. ${index + 1} for laboratory material as approved by the principal`;
    rows.push({
      kind: 'line',
      depth: 0,
      cells: {
        no: index + 1,
        date,
        voucher: `PV/2026-27/${index + 1}`,
        against: hi ? 'बैंक' : 'State Bank of India, current account',
        narration,
        debit,
        credit,
        balance,
      },
    });
  }
  rows.push({
    kind: 'total',
    depth: 0,
    label: hi ? 'अंतिम शेष' : 'Closing balance',
    cells: { debit: debits, credit: credits, balance },
    adds: [[0, count]],
    strong: true,
  });
  const columns: ReportColumn[] = [
    { key: 'no', header: hi ? 'क्र.' : 'No.', kind: 'int' },
    { key: 'date', header: hi ? 'दिनांक' : 'Date', kind: 'date' },
    { key: 'voucher', header: hi ? 'वाउचर' : 'Voucher', kind: 'text' },
    { key: 'against', header: hi ? 'सामने का खाता' : 'Against account', kind: 'text' },
    { key: 'narration', header: hi ? 'विवरण' : 'Narration', kind: 'text', wide: true },
    { key: 'debit', header: hi ? 'नामे ₹' : 'Debit ₹', kind: 'money' },
    { key: 'credit', header: hi ? 'जमा ₹' : 'Credit ₹', kind: 'money' },
    { key: 'balance', header: hi ? 'शेष ₹' : 'Balance ₹', kind: 'balance' },
  ];
  const title = hi ? 'खाता बही: भारतीय स्टेट बैंक' : 'Ledger: State Bank of India, current account';
  return {
    ...headOf(language, columns),
    title,
    rows,
    running: { debit: 'debit', credit: 'credit', balance: 'balance' },
  };
}

export const writeAs = (
  format: ReportOrder['format'],
  document: ReportDocument,
  path: string,
  more: Partial<ReportOrder> = {},
): Promise<void> =>
  reportFiles.write({
    document,
    path,
    format,
    printed: { at: Date.parse('2027-04-05T11:00:00Z'), by: 'Asha Patil' },
    signal: new AbortController().signal,
    onProgress: () => undefined,
    ...more,
  });
