import type { AccountKind, VoucherKind } from '../rows.ts';
import type { ReportLanguage } from './file-words.ts';
import type { ReportName } from './names.ts';

/** The words of the reports. They go on paper, so they are whole in either language; names of accounts come from the books. */
export interface Words {
  readonly months: readonly string[];
  period(from: string, to: string): string;
  asAt(date: string): string;
  provisional(count: number): string;
  readonly titles: Readonly<Record<ReportName, string>>;
  readonly signatures: Readonly<Record<'accountant' | 'principal' | 'auditor', string>>;
  readonly columns: Readonly<Record<Column, string>>;
  readonly kinds: Readonly<Record<VoucherKind, string>>;
  readonly accountKinds: Readonly<Record<AccountKind, string>>;
  totalOf(name: string): string;
  readonly total: string;
  readonly openingBalance: string;
  readonly openingBalances: string;
  readonly closingBalances: string;
  /** After the first of several names. */
  andMore(first: string, others: number): string;
  ofAccount(code: string, name: string): string;
  onlyVendor(name: string): string;
  onlyCentre(name: string): string;
  onlyKinds(kinds: string): string;
  onlyText(text: string): string;
  readonly earlierSurplus: string;
  readonly currentSurplus: string;
  /** Income less expenditure, by its sign. */
  readonly surplus: string;
  readonly deficit: string;
  readonly comparedWith: (period: string) => string;
  readonly fundsAndLiabilities: string;
  readonly receipts: string;
  readonly payments: string;
  readonly allReceipts: string;
  readonly allPayments: string;
  readonly cashBasis: string;
  readonly onAccount: string;
  readonly withoutParty: (account: string) => string;
  readonly ageFromBill: string;
  readonly wholeYear: (year: string) => string;
  readonly revenue: string;
  readonly expenses: string;
  readonly netIncome: string;
  readonly uncategorised: string;
  readonly grant: GrantWords;
  readonly bank: BankWords;
  readonly gaps: {
    readonly expected: string;
    readonly none: string;
    readonly series: Readonly<Record<string, string>>;
  };
}

interface BankWords {
  readonly perBooks: string;
  readonly notPresented: string;
  readonly creditsNotInBooks: string;
  readonly notCredited: string;
  readonly debitsNotInBooks: string;
  readonly expected: string;
  perBank(date: string): string;
  readonly unexplained: string;
  ofAccount(name: string, bank: string, accountNumber: string): string;
  readonly noStatement: string;
  statementEnds(date: string): string;
}

interface GrantWords {
  readonly sanctioned: string;
  readonly broughtForward: string;
  readonly received: string;
  readonly available: string;
  readonly spent: string;
  readonly unspent: string;
  readonly basis: string;
  certificate(facts: {
    readonly centre: string;
    readonly agency: string | null;
    readonly sanctionNo: string | null;
    readonly received: string;
    readonly broughtForward: string;
    readonly spent: string;
    readonly unspent: string;
  }): string;
  readonly satisfied: string;
}

type Column =
  | 'account'
  | 'code'
  | 'opening'
  | 'debit'
  | 'credit'
  | 'closing'
  | 'date'
  | 'particulars'
  | 'kind'
  | 'number'
  | 'narration'
  | 'balance'
  | 'receipts'
  | 'payments'
  | 'amount'
  | 'billDate'
  | 'dueDate'
  | 'age'
  | 'advance'
  | 'onAccount'
  | 'total'
  | 'category'
  | 'allocated'
  | 'committed'
  | 'spent'
  | 'available'
  | 'used'
  | 'series'
  | 'year'
  | 'first'
  | 'last'
  | 'count'
  | 'missingCount'
  | 'missing'
  | 'reference';

const en: Words = {
  months: [
    ...['January', 'February', 'March', 'April', 'May', 'June'],
    ...['July', 'August', 'September', 'October', 'November', 'December'],
  ],
  period: (from, to) => `${from} to ${to}`,
  asAt: (date) => `As at ${date}`,
  provisional: (count) =>
    count === 1
      ? 'Provisional: 1 entry of this desk waits for the server.'
      : `Provisional: ${count} entries of this desk wait for the server.`,
  titles: {
    trial_balance: 'Trial balance',
    ledger: 'Ledger',
    day_book: 'Day book',
    cash_book: 'Bank and cash book',
    income_expenditure: 'Income and expenditure account',
    receipts_payments: 'Receipts and payments account',
    balance_sheet: 'Balance sheet',
    ageing: 'Outstanding bills of vendors',
    budget: 'Budget against actual',
    utilisation: 'Utilisation certificate',
    monthly: 'Monthly report',
    number_gaps: 'Numbers of vouchers and expenses',
    bank_reconciliation: 'Bank reconciliation statement',
  },
  signatures: { accountant: 'Accountant', principal: 'Principal', auditor: 'Chartered Accountant' },
  columns: {
    ...{ account: 'Account', code: 'Code', opening: 'Opening balance', debit: 'Debit', credit: 'Credit' },
    ...{ closing: 'Closing balance', date: 'Date', particulars: 'Particulars', kind: 'Voucher', number: 'Number' },
    ...{ narration: 'Narration', balance: 'Balance', receipts: 'Receipts', payments: 'Payments', amount: 'Amount' },
    ...{ billDate: 'Bill date', dueDate: 'Due date', age: 'Days', advance: 'Advance', onAccount: 'On account' },
    ...{ total: 'Total', category: 'Category', allocated: 'Allocated', committed: 'Committed', spent: 'Spent' },
    ...{ available: 'Available', used: 'Used', series: 'Series', year: 'Year', first: 'First', last: 'Last' },
    ...{ count: 'Numbers given', missingCount: 'Missing', missing: 'Missing numbers' },
    reference: 'Reference',
  },
  kinds: {
    ...{ opening: 'Opening', payment: 'Payment', receipt: 'Receipt', contra: 'Contra', journal: 'Journal' },
    ...{ purchase: 'Purchase', sales: 'Sales', debit_note: 'Debit note', credit_note: 'Credit note' },
    reversal: 'Reversal',
  },
  accountKinds: {
    asset: 'Assets',
    liability: 'Liabilities',
    fund: 'Funds',
    income: 'Income',
    expense: 'Expenditure',
  },
  totalOf: (name) => `Total: ${name}`,
  total: 'Total',
  openingBalance: 'Opening balance',
  openingBalances: 'Opening balances of bank and cash',
  closingBalances: 'Closing balances of bank and cash',
  andMore: (first, others) => `${first} and ${others} more`,
  ofAccount: (code, name) => `Account ${code}, ${name}.`,
  onlyVendor: (name) => `Only entries of the vendor ${name}.`,
  onlyCentre: (name) => `Only entries of the cost centre ${name}.`,
  onlyKinds: (kinds) => `Only these vouchers: ${kinds}.`,
  onlyText: (text) => `Only vouchers with the words “${text}”.`,
  earlierSurplus: 'Surplus of earlier years',
  currentSurplus: 'Surplus of the current year',
  surplus: 'Excess of income over expenditure',
  deficit: 'Excess of expenditure over income (−)',
  comparedWith: (period) => `Compared with ${period}.`,
  fundsAndLiabilities: 'Funds and liabilities',
  receipts: 'Receipts',
  payments: 'Payments',
  allReceipts: 'Total of opening balances and receipts',
  allPayments: 'Total of payments and closing balances',
  cashBasis:
    'Money moved between own bank and cash accounts is left out. What was taken back is deducted where it stood.',
  onAccount: 'On account',
  withoutParty: (account) => `Entries of ${account} without a vendor`,
  ageFromBill: 'Age counts from the date of the bill. Cr is owed by the college, Dr is due to it.',
  wholeYear: (year) => `Financial year ${year}`,
  revenue: 'Revenue',
  expenses: 'Expenses',
  netIncome: 'Net income',
  uncategorised: 'Without a category',
  grant: {
    sanctioned: 'Sanctioned',
    broughtForward: 'Unspent balance brought forward',
    received: 'Received',
    available: 'Total available',
    spent: 'Spent',
    unspent: 'Unspent balance',
    basis:
      'Received: income and funds booked to this cost centre. Spent: expenditure and assets acquired to stay. Receivables, advances and payables are left out.',
    certificate: ({ centre, agency, sanctionNo, received, broughtForward, spent, unspent }) =>
      `Certified that out of ₹${received} received during the period for ${centre}${agency === null ? '' : ` from ${agency}`}${sanctionNo === null ? '' : ` under letter no. ${sanctionNo}`} and ₹${broughtForward} on account of the unspent balance of the previous period, a sum of ₹${spent} has been utilised for the purpose for which it was sanctioned, and that the balance of ₹${unspent} remaining unutilised at the end of the period will be adjusted towards the grant payable next or refunded.`,
    satisfied:
      'Certified that I have satisfied myself that the conditions on which the grant was sanctioned have been duly fulfilled and that I have checked the books, the vouchers and the bank statements to see that the money was actually utilised for the purpose for which it was sanctioned.',
  },
  bank: {
    perBooks: 'Balance as per books',
    notPresented: 'Add: paid in the books, not yet by the bank',
    creditsNotInBooks: 'Add: credited by the bank, not in the books',
    notCredited: 'Less: received in the books, not yet credited by the bank',
    debitsNotInBooks: 'Less: debited by the bank, not in the books',
    expected: 'Balance by these as per bank',
    perBank: (date) => `Balance as per bank statement of ${date}`,
    unexplained: 'Difference not explained',
    ofAccount: (name, bank, number) => `${name}, ${bank}, account no. ${number}.`,
    noStatement: 'No statement gives a balance of the bank up to this day.',
    statementEnds: (date) => `Statements reach to ${date} only.`,
  },
  gaps: {
    expected: 'Every series starts at 1 in each financial year and leaves no number out.',
    none: 'none',
    series: {
      ...{ EXP: 'Expenses', OB: 'Opening balances', JV: 'Journals and reversals', PAY: 'Payments', REC: 'Receipts' },
      ...{ CON: 'Contra', PUR: 'Purchases', SAL: 'Sales', DBN: 'Debit notes', CRN: 'Credit notes' },
    },
  },
};

const hi: Words = {
  months: [...['जनवरी', 'फ़रवरी', 'मार्च', 'अप्रैल', 'मई', 'जून'], ...['जुलाई', 'अगस्त', 'सितंबर', 'अक्टूबर', 'नवंबर', 'दिसंबर']],
  period: (from, to) => `${from} से ${to} तक`,
  asAt: (date) => `${date} को`,
  provisional: (count) =>
    count === 1
      ? 'अनंतिम: इस डेस्क की 1 प्रविष्टि सर्वर की प्रतीक्षा में है।'
      : `अनंतिम: इस डेस्क की ${count} प्रविष्टियाँ सर्वर की प्रतीक्षा में हैं।`,
  titles: {
    trial_balance: 'तलपट',
    ledger: 'खाता बही',
    day_book: 'रोज़नामचा',
    cash_book: 'बैंक और रोकड़ बही',
    income_expenditure: 'आय-व्यय लेखा',
    receipts_payments: 'प्राप्ति और भुगतान लेखा',
    balance_sheet: 'तुलन पत्र',
    ageing: 'विक्रेताओं के बकाया बिल',
    budget: 'बजट और वास्तविक व्यय',
    utilisation: 'उपयोगिता प्रमाण पत्र',
    monthly: 'मासिक रिपोर्ट',
    number_gaps: 'वाउचर और व्यय के क्रमांक',
    bank_reconciliation: 'बैंक समाधान विवरण',
  },
  signatures: { accountant: 'लेखाकार', principal: 'प्राचार्य', auditor: 'चार्टर्ड अकाउंटेंट' },
  columns: {
    ...{ account: 'खाता', code: 'कोड', opening: 'प्रारंभिक शेष', debit: 'नामे', credit: 'जमा' },
    ...{ closing: 'अंतिम शेष', date: 'दिनांक', particulars: 'विवरण', kind: 'वाउचर', number: 'क्रमांक' },
    ...{ narration: 'टिप्पणी', balance: 'शेष', receipts: 'प्राप्तियाँ', payments: 'भुगतान', amount: 'राशि' },
    ...{ billDate: 'बिल दिनांक', dueDate: 'देय दिनांक', age: 'दिन', advance: 'अग्रिम', onAccount: 'खाते पर' },
    ...{ total: 'योग', category: 'श्रेणी', allocated: 'आवंटित', committed: 'प्रतिबद्ध', spent: 'व्यय' },
    ...{ available: 'उपलब्ध', used: 'उपयोग', series: 'शृंखला', year: 'वर्ष', first: 'पहला', last: 'अंतिम' },
    ...{ count: 'दिए गए क्रमांक', missingCount: 'लुप्त', missing: 'लुप्त क्रमांक' },
    reference: 'संदर्भ',
  },
  kinds: {
    ...{ opening: 'प्रारंभिक', payment: 'भुगतान', receipt: 'प्राप्ति', contra: 'कॉन्ट्रा', journal: 'जर्नल' },
    ...{ purchase: 'क्रय', sales: 'विक्रय', debit_note: 'डेबिट नोट', credit_note: 'क्रेडिट नोट' },
    reversal: 'प्रतिवर्तन',
  },
  accountKinds: {
    asset: 'परिसंपत्तियाँ',
    liability: 'देनदारियाँ',
    fund: 'निधियाँ',
    income: 'आय',
    expense: 'व्यय',
  },
  totalOf: (name) => `योग: ${name}`,
  total: 'योग',
  openingBalance: 'प्रारंभिक शेष',
  openingBalances: 'बैंक और रोकड़ के प्रारंभिक शेष',
  closingBalances: 'बैंक और रोकड़ के अंतिम शेष',
  andMore: (first, others) => `${first} और ${others} अन्य`,
  ofAccount: (code, name) => `खाता ${code}, ${name}।`,
  onlyVendor: (name) => `केवल विक्रेता ${name} की प्रविष्टियाँ।`,
  onlyCentre: (name) => `केवल लागत केंद्र ${name} की प्रविष्टियाँ।`,
  onlyKinds: (kinds) => `केवल ये वाउचर: ${kinds}।`,
  onlyText: (text) => `केवल “${text}” शब्दों वाले वाउचर।`,
  earlierSurplus: 'पिछले वर्षों का अधिशेष',
  currentSurplus: 'चालू वर्ष का अधिशेष',
  surplus: 'व्यय पर आय का आधिक्य',
  deficit: 'आय पर व्यय का आधिक्य (−)',
  comparedWith: (period) => `${period} से तुलना।`,
  fundsAndLiabilities: 'निधियाँ और देनदारियाँ',
  receipts: 'प्राप्तियाँ',
  payments: 'भुगतान',
  allReceipts: 'प्रारंभिक शेष और प्राप्तियों का योग',
  allPayments: 'भुगतान और अंतिम शेष का योग',
  cashBasis: 'अपने ही बैंक और रोकड़ खातों के बीच का अंतरण छोड़ा गया है। जो वापस लिया गया, वह उसी मद से घटाया गया है।',
  onAccount: 'खाते पर',
  withoutParty: (account) => `${account} की बिना विक्रेता वाली प्रविष्टियाँ`,
  ageFromBill: 'आयु बिल के दिनांक से गिनी गई है। Cr महाविद्यालय की देनदारी है, Dr उसका लेना।',
  wholeYear: (year) => `वित्तीय वर्ष ${year}`,
  revenue: 'राजस्व',
  expenses: 'व्यय',
  netIncome: 'शुद्ध आय',
  uncategorised: 'बिना श्रेणी',
  grant: {
    sanctioned: 'स्वीकृत',
    broughtForward: 'पिछला अव्ययित शेष',
    received: 'प्राप्त',
    available: 'कुल उपलब्ध',
    spent: 'व्यय',
    unspent: 'अव्ययित शेष',
    basis:
      'प्राप्त: इस लागत केंद्र में दर्ज आय और निधियाँ। व्यय: खर्च और स्थायी परिसंपत्तियाँ। प्राप्य राशियाँ, अग्रिम और देय राशियाँ छोड़ी गई हैं।',
    certificate: ({ centre, agency, sanctionNo, received, broughtForward, spent, unspent }) =>
      `प्रमाणित किया जाता है कि इस अवधि में ${centre} के लिए${agency === null ? '' : ` ${agency} से`}${sanctionNo === null ? '' : ` पत्र सं. ${sanctionNo} के अधीन`} प्राप्त ₹${received} तथा पिछली अवधि के अव्ययित शेष ₹${broughtForward} में से ₹${spent} की राशि का उपयोग उसी प्रयोजन के लिए किया गया है जिसके लिए वह स्वीकृत हुई थी, और अवधि के अंत में अनुपयोजित शेष ₹${unspent} अगले देय अनुदान में समायोजित किया जाएगा या लौटाया जाएगा।`,
    satisfied:
      'प्रमाणित किया जाता है कि मैंने स्वयं को संतुष्ट कर लिया है कि जिन शर्तों पर अनुदान स्वीकृत हुआ था वे विधिवत पूरी की गई हैं, और मैंने बहियों, वाउचरों तथा बैंक विवरणों की जाँच करके देखा है कि राशि का उपयोग वास्तव में उसी प्रयोजन के लिए हुआ जिसके लिए वह स्वीकृत थी।',
  },
  bank: {
    perBooks: 'बहियों के अनुसार शेष',
    notPresented: 'जोड़ें: बहियों में चुकाया, बैंक ने अभी नहीं',
    creditsNotInBooks: 'जोड़ें: बैंक ने जमा किया, बहियों में नहीं',
    notCredited: 'घटाएँ: बहियों में प्राप्त, बैंक ने अभी जमा नहीं किया',
    debitsNotInBooks: 'घटाएँ: बैंक ने नामे किया, बहियों में नहीं',
    expected: 'इनके अनुसार बैंक का शेष',
    perBank: (date) => `${date} के बैंक स्टेटमेंट के अनुसार शेष`,
    unexplained: 'अंतर जिसका कारण नहीं मिला',
    ofAccount: (name, bank, number) => `${name}, ${bank}, खाता सं. ${number}।`,
    noStatement: 'इस दिन तक कोई स्टेटमेंट बैंक का शेष नहीं बताता।',
    statementEnds: (date) => `स्टेटमेंट केवल ${date} तक हैं।`,
  },
  gaps: {
    expected: 'हर शृंखला प्रत्येक वित्तीय वर्ष में 1 से आरंभ होती है और कोई क्रमांक नहीं छूटता।',
    none: 'कोई नहीं',
    series: {
      ...{ EXP: 'व्यय', OB: 'प्रारंभिक शेष', JV: 'जर्नल और प्रतिवर्तन', PAY: 'भुगतान', REC: 'प्राप्तियाँ' },
      ...{ CON: 'कॉन्ट्रा', PUR: 'क्रय', SAL: 'विक्रय', DBN: 'डेबिट नोट', CRN: 'क्रेडिट नोट' },
    },
  },
};

export const wordsOf = (language: ReportLanguage): Words => (language === 'hi' ? hi : en);
