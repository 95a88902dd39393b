import { type ErrorCode, type ErrorDetails, fillText } from '../../kernel/errors.ts';
import type { ImportedRow } from '../command/args.ts';
import type { ImportField } from './columns.ts';

/** Why a row of a file cannot go into the books, in the words of an accountant: what is wrong and, where it helps, what to do. */
interface Words {
  readonly en: string;
  readonly hi: string;
}

export const rowProblemWords = {
  IMPORT_ROW_REQUIRED: { en: 'This is empty; it is needed.', hi: 'यह खाली है; इसे भरना ज़रूरी है।' },
  IMPORT_ROW_AMOUNT_UNREADABLE: { en: '"{text}" is not an amount.', hi: '"{text}" कोई राशि नहीं है।' },
  IMPORT_ROW_AMOUNT_UNCLEAR: {
    en: 'The commas of "{text}" leave open how much it is. Write it as 1,25,000.50.',
    hi: '"{text}" के अल्पविराम से राशि साफ़ नहीं होती। इसे 1,25,000.50 की तरह लिखें।',
  },
  IMPORT_ROW_AMOUNT_DECIMALS: {
    en: '"{text}" has more than two decimals.',
    hi: '"{text}" में दशमलव के बाद दो से अधिक अंक हैं।',
  },
  IMPORT_ROW_AMOUNT_NOT_POSITIVE: {
    en: 'The amount is {amount}; a bill is more than zero. Enter a credit note as a reversal.',
    hi: 'राशि {amount} है; बिल शून्य से अधिक होना चाहिए। क्रेडिट नोट को रिवर्सल के रूप में दर्ज करें।',
  },
  IMPORT_ROW_AMOUNT_TOO_LARGE: { en: 'The amount "{text}" is too large.', hi: 'राशि "{text}" बहुत बड़ी है।' },
  IMPORT_ROW_TAX_NEGATIVE: { en: 'Tax cannot be below zero ({amount}).', hi: 'कर शून्य से कम नहीं हो सकता ({amount})।' },
  IMPORT_ROW_TOTAL_MISMATCH: {
    en: 'The total is {total}, but taxable value and GST make {expected}.',
    hi: 'कुल राशि {total} है, पर कर योग्य मूल्य और GST का जोड़ {expected} है।',
  },
  IMPORT_ROW_CGST_SGST_DIFFER: {
    en: 'CGST ({cgst}) and SGST ({sgst}) must be equal.',
    hi: 'CGST ({cgst}) और SGST ({sgst}) बराबर होने चाहिए।',
  },
  IMPORT_ROW_IGST_WITH_CGST: {
    en: 'A bill has either IGST or CGST with SGST, not both.',
    hi: 'एक बिल में या तो IGST होता है या CGST और SGST, दोनों नहीं।',
  },
  IMPORT_ROW_RATE_UNREADABLE: { en: '"{text}" is not a GST rate such as 18.', hi: '"{text}" GST दर नहीं है, जैसे 18।' },
  IMPORT_ROW_RATE_MISMATCH: {
    en: 'At {rate} % the GST would be {expected}, but the row says {tax}.',
    hi: '{rate} % पर GST {expected} होता, पर पंक्ति में {tax} है।',
  },
  IMPORT_ROW_TAX_SPLIT_UNKNOWN: {
    en: 'A GST rate is given, but neither the tax amounts nor a GSTIN that tells CGST/SGST from IGST.',
    hi: 'GST दर दी है, पर न कर की राशियाँ हैं, न GSTIN, जिससे CGST/SGST या IGST पता चले।',
  },
  IMPORT_ROW_TDS_TOO_LARGE: {
    en: 'The TDS ({tds}) is more than the taxable value ({taxable}).',
    hi: 'TDS ({tds}) कर योग्य मूल्य ({taxable}) से अधिक है।',
  },
  IMPORT_ROW_DATE_UNREADABLE: { en: '"{text}" is not a date.', hi: '"{text}" कोई तारीख नहीं है।' },
  IMPORT_ROW_DATE_AMBIGUOUS: {
    en: '"{text}" can be read as day/month and as month/day, and this column has both. Write it as 05-Apr-2026.',
    hi: '"{text}" को दिन/माह और माह/दिन दोनों तरह पढ़ा जा सकता है, और इस स्तंभ में दोनों हैं। इसे 05-Apr-2026 की तरह लिखें।',
  },
  IMPORT_ROW_DATE_FUTURE: { en: 'The date {date} has not come yet.', hi: 'तारीख {date} अभी आई नहीं है।' },
  IMPORT_ROW_DATE_TOO_OLD: {
    en: 'The date {date} lies before {first}, the first open day of the books.',
    hi: 'तारीख {date} बहियों के पहले खुले दिन {first} से पहले की है।',
  },
  IMPORT_ROW_GSTIN_FORM: {
    en: '"{text}" does not have the form of a GSTIN (15 characters).',
    hi: '"{text}" GSTIN के रूप में नहीं है (15 अक्षर)।',
  },
  IMPORT_ROW_GSTIN_CHECK_DIGIT: {
    en: 'The check digit of GSTIN {text} is wrong: a character was mistyped.',
    hi: 'GSTIN {text} का जाँच अंक गलत है: कोई अक्षर गलत लिखा गया है।',
  },
  IMPORT_ROW_PAN_FORM: { en: '"{text}" is not a PAN such as AAACT1234F.', hi: '"{text}" PAN नहीं है, जैसे AAACT1234F।' },
  IMPORT_ROW_PAN_NOT_OF_GSTIN: {
    en: 'PAN {pan} does not belong to GSTIN {gstin}.',
    hi: 'PAN {pan} GSTIN {gstin} का नहीं है।',
  },
  IMPORT_ROW_CATEGORY_UNKNOWN: {
    en: 'There is no expense category "{text}".',
    hi: 'व्यय श्रेणी "{text}" नहीं है।',
  },
  IMPORT_ROW_GL_UNKNOWN: { en: 'There is no GL code "{text}" for expenses.', hi: 'व्यय के लिए GL कोड "{text}" नहीं है।' },
  IMPORT_ROW_GL_OTHER_CATEGORY: {
    en: 'GL code {glCode} belongs to the category {expected}, not to {category}.',
    hi: 'GL कोड {glCode} श्रेणी {expected} का है, {category} का नहीं।',
  },
  IMPORT_ROW_VENDOR_NOT_A_NAME: { en: '"{text}" is not the name of a vendor.', hi: '"{text}" विक्रेता का नाम नहीं है।' },
  IMPORT_ROW_BILL_NO_DAMAGED: {
    en: 'Excel changed this bill number ("{text}"). Type it again from the bill, in a cell of format Text.',
    hi: 'Excel ने यह बिल संख्या बदल दी ("{text}")। बिल से देखकर Text प्रारूप के सेल में फिर लिखें।',
  },
  IMPORT_ROW_TEXT_TOO_LONG: {
    en: 'This has {length} characters; {max} are possible.',
    hi: 'इसमें {length} अक्षर हैं; {max} तक हो सकते हैं।',
  },
  IMPORT_ROW_DUPLICATE_IN_FILE: {
    en: 'The same bill of this vendor is already in row {row}.',
    hi: 'इस विक्रेता का यही बिल पंक्ति {row} में है।',
  },
  IMPORT_ROW_DUPLICATE_IN_BOOKS: {
    en: 'This bill is already in the books as {reference}.',
    hi: 'यह बिल बहियों में {reference} के रूप में पहले से है।',
  },
  IMPORT_ROW_VENDOR_INACTIVE: {
    en: 'The vendor "{text}" is no longer used.',
    hi: 'विक्रेता "{text}" अब काम में नहीं है।',
  },
  IMPORT_ROW_REFUSED_BY_BOOKS: {
    en: 'The books do not take this bill ({code}). Enter it by hand; the form says what is wrong.',
    hi: 'बहियाँ यह बिल नहीं लेतीं ({code})। इसे हाथ से दर्ज करें; फ़ॉर्म बताएगा कि क्या ग़लत है।',
  },
  IMPORT_ROW_FORMULA_ERROR: { en: 'The formula in this cell failed ({text}).', hi: 'इस सेल का सूत्र विफल रहा ({text})।' },
  IMPORT_ROW_FORMULA_NO_VALUE: {
    en: 'The formula in this cell was never worked out. Open the file in Excel, save it and import again.',
    hi: 'इस सेल का सूत्र कभी हल नहीं हुआ। फ़ाइल को Excel में खोलकर सहेजें और फिर आयात करें।',
  },
  IMPORT_ROW_ACCOUNT_UNKNOWN: {
    en: 'The books have no GL code or account "{text}".',
    hi: 'बहियों में GL कोड या खाता "{text}" नहीं है।',
  },
  IMPORT_ROW_PARTY_UNKNOWN: {
    en: 'The books have no vendor "{text}". Add the vendor first.',
    hi: 'बहियों में विक्रेता "{text}" नहीं है। पहले विक्रेता जोड़ें।',
  },
  IMPORT_ROW_CENTRE_UNKNOWN: {
    en: 'The books have no such department, fund or grant: "{text}".',
    hi: 'बहियों में ऐसा विभाग, निधि या अनुदान नहीं है: "{text}"।',
  },
  IMPORT_ROW_KIND_UNKNOWN: { en: '"{text}" is none of the kinds there are.', hi: '"{text}" कोई मान्य प्रकार नहीं है।' },
  IMPORT_ROW_ONE_SIDE: {
    en: 'A line has an amount above zero on exactly one side, debit or credit.',
    hi: 'एक पंक्ति में राशि केवल एक ओर होती है, नामे या जमा, और शून्य से अधिक।',
  },
  IMPORT_ROW_SIDE_UNREADABLE: { en: '"{text}" is neither Dr nor Cr.', hi: '"{text}" न Dr है, न Cr।' },
  IMPORT_ROW_UNBALANCED: {
    en: 'Debit is {debit} and credit is {credit}; the difference is {difference}.',
    hi: 'नामे {debit} और जमा {credit} है; अंतर {difference} है।',
  },
  IMPORT_ROW_OTHER_ROW: {
    en: 'Row {row} of the same voucher has a mistake; vouchers go in whole.',
    hi: 'इसी वाउचर की पंक्ति {row} में ग़लती है; वाउचर पूरा ही दर्ज होता है।',
  },
  IMPORT_ROW_HEAD_DIFFERS: {
    en: 'The date or type differs from that of row {row} of the same voucher.',
    hi: 'तारीख या प्रकार इसी वाउचर की पंक्ति {row} से अलग है।',
  },
  IMPORT_ROW_LINES: {
    en: 'A voucher has at least two lines and at most {max}.',
    hi: 'वाउचर में कम से कम दो और अधिक से अधिक {max} पंक्तियाँ होती हैं।',
  },
  IMPORT_ROW_OPENING_OF_YEAR: {
    en: 'Income and expenditure begin each year at nothing.',
    hi: 'आय और व्यय हर वर्ष शून्य से शुरू होते हैं।',
  },
  IMPORT_ROW_OPENINGS_EXIST: {
    en: 'The books have other opening balances of {date}; take them back first.',
    hi: 'बहियों में {date} के दूसरे प्रारंभिक शेष हैं; पहले उन्हें वापस लें।',
  },
  IMPORT_ROW_YEAR_UNREADABLE: {
    en: '"{text}" is not a financial year such as 2026-27.',
    hi: '"{text}" वित्त वर्ष नहीं है, जैसे 2026-27।',
  },
  IMPORT_ROW_CODE_FORM: {
    en: '"{text}" cannot be a code: capitals A-Z, digits and . / - only, up to 20.',
    hi: '"{text}" कोड नहीं हो सकता: केवल A-Z, अंक और . / -, 20 तक।',
  },
  IMPORT_ROW_CODE_TAKEN: {
    en: 'The code or name is taken by {code} {name}.',
    hi: 'यह कोड या नाम {code} {name} का है।',
  },
  IMPORT_ROW_GROUP_UNKNOWN: {
    en: 'There is no group "{text}" of this kind.',
    hi: 'इस प्रकार का समूह "{text}" नहीं है।',
  },
  IMPORT_ROW_TWICE: { en: 'The same is already in row {row}.', hi: 'यही पंक्ति {row} में है।' },
  IMPORT_ROW_REFUSED_ENTRY: {
    en: 'The books do not take this ({code}). Enter it by hand; the form says what is wrong.',
    hi: 'बहियाँ इसे नहीं लेतीं ({code})। इसे हाथ से दर्ज करें; फ़ॉर्म बताएगा कि क्या ग़लत है।',
  },
  // Not refusals: what the desk understood and says so.
  IMPORT_ROW_NOTE_DATE_ASSUMED: {
    en: '"{text}" was read as day/month/year.',
    hi: '"{text}" को दिन/माह/वर्ष पढ़ा गया।',
  },
  IMPORT_ROW_NOTE_ROUNDED: { en: '{text} was rounded to {amount}.', hi: '{text} को {amount} में पूर्णांकित किया गया।' },
  IMPORT_ROW_NOTE_ROUND_OFF: {
    en: 'The bill is rounded off by {amount}; the taxable value takes it up.',
    hi: 'बिल {amount} से पूर्णांकित है; यह कर योग्य मूल्य में जोड़ा गया।',
  },
} as const satisfies Record<string, Words>;

export type RowProblemCode = keyof typeof rowProblemWords;

export interface RowProblem {
  readonly field: ImportField;
  readonly code: RowProblemCode;
  readonly details: ErrorDetails;
}

export const rowProblem = (field: ImportField, code: RowProblemCode, details: ErrorDetails = {}): RowProblem => ({
  field,
  code,
  details,
});

export const fieldWords: Readonly<Record<ImportField, Words>> = {
  billDate: { en: 'Bill date', hi: 'बिल दिनांक' },
  billNo: { en: 'Bill no.', hi: 'बिल संख्या' },
  vendorName: { en: 'Vendor', hi: 'विक्रेता' },
  vendorGstin: { en: 'GSTIN', hi: 'GSTIN' },
  vendorPan: { en: 'PAN', hi: 'PAN' },
  category: { en: 'Category', hi: 'श्रेणी' },
  accountCode: { en: 'GL code', hi: 'GL कोड' },
  description: { en: 'Description', hi: 'विवरण' },
  department: { en: 'Department', hi: 'विभाग' },
  taxable: { en: 'Taxable value', hi: 'कर योग्य मूल्य' },
  gstRate: { en: 'GST rate', hi: 'GST दर' },
  cgst: { en: 'CGST', hi: 'CGST' },
  sgst: { en: 'SGST', hi: 'SGST' },
  igst: { en: 'IGST', hi: 'IGST' },
  total: { en: 'Total', hi: 'कुल राशि' },
  tds: { en: 'TDS', hi: 'TDS' },
  voucherNo: { en: 'Voucher no.', hi: 'वाउचर संख्या' },
  voucherDate: { en: 'Date', hi: 'दिनांक' },
  voucherKind: { en: 'Voucher type', hi: 'वाउचर प्रकार' },
  account: { en: 'Account', hi: 'खाता' },
  party: { en: 'Party', hi: 'पार्टी' },
  debit: { en: 'Debit', hi: 'नामे' },
  credit: { en: 'Credit', hi: 'जमा' },
  amount: { en: 'Amount', hi: 'राशि' },
  side: { en: 'Dr/Cr', hi: 'नामे/जमा' },
  narration: { en: 'Narration', hi: 'विवरण' },
  reference: { en: 'Reference', hi: 'संदर्भ' },
  fund: { en: 'Fund or grant', hi: 'निधि या अनुदान' },
  billRef: { en: 'Bill', hi: 'बिल' },
  year: { en: 'Financial year', hi: 'वित्त वर्ष' },
  code: { en: 'Code', hi: 'कोड' },
  name: { en: 'Name', hi: 'नाम' },
  accountKind: { en: 'Kind', hi: 'प्रकार' },
  group: { en: 'Group', hi: 'समूह' },
};

/** The words of the workbook with the refused rows: the heading over the reasons, and the end of its file name. */
export const fileWords = {
  reason: { en: 'Reason', hi: 'कारण' },
  refusedRows: { en: 'refused rows', hi: 'अस्वीकृत पंक्तियाँ' },
} as const satisfies Record<string, Words>;

/** What only the books know against a row that is good in itself, such as a vendor taken out of use since the file was read. */
export function bookProblem(code: ErrorCode, { fields, vendorName }: ImportedRow): RowProblem {
  if (code === 'VENDOR_INVALID') return rowProblem('vendorName', 'IMPORT_ROW_VENDOR_INACTIVE', { text: vendorName });
  if (code === 'CATEGORY_UNKNOWN')
    return rowProblem('category', 'IMPORT_ROW_CATEGORY_UNKNOWN', { text: fields.category });
  if (code === 'GL_CODE_UNKNOWN')
    return rowProblem('accountCode', 'IMPORT_ROW_GL_UNKNOWN', { text: fields.accountCode });
  return rowProblem('billNo', 'IMPORT_ROW_REFUSED_BY_BOOKS', { code });
}

export type ImportLanguage = 'en' | 'hi';

/** `Bill date: "31/02/2026" is not a date.` */
export const problemInWords = (problem: RowProblem, language: ImportLanguage): string =>
  `${fieldWords[problem.field][language]}: ${fillText(rowProblemWords[problem.code][language], problem.details)}`;
