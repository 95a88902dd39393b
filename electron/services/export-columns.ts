import type { ListColumn } from '../../shared/ports/workbooks.ts';

export type ExportKind = 'expenses' | 'vendors' | 'budgets' | 'audit' | 'consolidation';
export type ExportLanguage = 'en' | 'hi';

type Heading = readonly [key: string, kind: ListColumn['kind'], en: string, hi: string];

const headings: Readonly<Record<ExportKind, readonly Heading[]>> = {
  expenses: [
    ['college', 'text', 'College', 'महाविद्यालय'],
    ['reference', 'text', 'Number', 'क्रमांक'],
    ['status', 'text', 'State', 'स्थिति'],
    ['billDate', 'date', 'Bill date', 'बिल दिनांक'],
    ['billNo', 'text', 'Bill no.', 'बिल संख्या'],
    ['vendorName', 'text', 'Vendor', 'विक्रेता'],
    ['category', 'text', 'Category', 'श्रेणी'],
    ['accountCode', 'text', 'GL code', 'GL कोड'],
    ['description', 'text', 'Description', 'विवरण'],
    ['department', 'text', 'Department', 'विभाग'],
    ['taxablePaise', 'money', 'Taxable value', 'कर योग्य मूल्य'],
    ['cgstPaise', 'money', 'CGST', 'CGST'],
    ['sgstPaise', 'money', 'SGST', 'SGST'],
    ['igstPaise', 'money', 'IGST', 'IGST'],
    ['totalPaise', 'money', 'Total', 'कुल राशि'],
    ['tdsPaise', 'money', 'TDS', 'TDS'],
    ['makerName', 'text', 'Entered by', 'प्रविष्टिकर्ता'],
    ['decidedByName', 'text', 'Decided by', 'निर्णयकर्ता'],
    ['paidOn', 'date', 'Paid on', 'भुगतान दिनांक'],
    ['paymentReference', 'text', 'Payment reference', 'भुगतान संदर्भ'],
  ],
  vendors: [
    ['name', 'text', 'Vendor', 'विक्रेता'],
    ['gstin', 'text', 'GSTIN', 'GSTIN'],
    ['pan', 'text', 'PAN', 'PAN'],
    ['ifsc', 'text', 'IFSC', 'IFSC'],
    ['accountNumber', 'text', 'Account number', 'खाता संख्या'],
    ['accountName', 'text', 'Account name', 'खाताधारक'],
    ['email', 'text', 'E-mail', 'ई-मेल'],
    ['phone', 'text', 'Phone', 'फ़ोन'],
    ['expenseCount', 'int', 'Bills', 'बिल'],
    ['billedPaise', 'money', 'Billed', 'बिल राशि'],
    ['outstandingPaise', 'money', 'Outstanding', 'बकाया'],
  ],
  budgets: [
    ['category', 'text', 'Category', 'श्रेणी'],
    ['label', 'text', 'Name', 'नाम'],
    ['allocatedPaise', 'money', 'Allocated', 'आवंटित'],
    ['committedPaise', 'money', 'Committed', 'प्रतिबद्ध'],
    ['spentPaise', 'money', 'Spent', 'व्यय'],
    ['availablePaise', 'money', 'Available', 'उपलब्ध'],
  ],
  audit: [
    ['position', 'int', 'Entry', 'प्रविष्टि'],
    ['day', 'date', 'Date', 'दिनांक'],
    ['time', 'text', 'Time (IST)', 'समय (IST)'],
    ['actorName', 'text', 'Person', 'व्यक्ति'],
    ['commandName', 'text', 'Step', 'चरण'],
    ['reference', 'text', 'Document', 'दस्तावेज़'],
    ['comment', 'text', 'Comment', 'टिप्पणी'],
    ['deviceId', 'text', 'Desk', 'डेस्क'],
    ['hash', 'text', 'Hash', 'हैश'],
    ['previousHash', 'text', 'Previous hash', 'पिछला हैश'],
  ],
  consolidation: [
    ['college', 'text', 'College', 'महाविद्यालय'],
    ['month', 'text', 'Month', 'माह'],
    ['category', 'text', 'Category', 'श्रेणी'],
    ['accountCode', 'text', 'GL code', 'GL कोड'],
    ['accountName', 'text', 'GL name', 'GL नाम'],
    ['debitPaise', 'money', 'Debit', 'नामे'],
    ['creditPaise', 'money', 'Credit', 'जमा'],
  ],
};

const titles: Readonly<Record<ExportKind, Readonly<Record<ExportLanguage, string>>>> = {
  expenses: { en: 'Expenses', hi: 'व्यय' },
  vendors: { en: 'Vendors', hi: 'विक्रेता' },
  budgets: { en: 'Budgets', hi: 'बजट' },
  audit: { en: 'Audit trail', hi: 'लेखा परीक्षा' },
  consolidation: { en: 'Consolidated', hi: 'समेकित' },
};

/** The columns of a list in a file, headed in the person's language. */
export const exportColumns = (kind: ExportKind, language: ExportLanguage): readonly ListColumn[] =>
  headings[kind].map(([key, columnKind, en, hi]) => ({ key, kind: columnKind, header: language === 'hi' ? hi : en }));

export const exportTitle = (kind: ExportKind, language: ExportLanguage): string => titles[kind][language];
