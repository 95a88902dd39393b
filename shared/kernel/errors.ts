import { accountingErrors } from './accounting-errors.ts';
import { backupErrors } from './backup-errors.ts';
import { bankErrors } from './bank-errors.ts';
import { bulkErrors } from './bulk-errors.ts';
import { certificateErrors } from './certificate-errors.ts';
import { connectionErrors } from './connection-errors.ts';
import { connectorErrors } from './connector-errors.ts';
import { engineErrors } from './engine-errors.ts';
import { ledgerErrors } from './ledger-errors.ts';
import { paymentErrors } from './payment-errors.ts';
import { reconciliationErrors } from './reconciliation-errors.ts';
import { webhookErrors } from './webhook-errors.ts';

/**
 * The one catalogue of errors. Every refusal a person can meet has a code, a cause and a next step in the words of an
 * accountant; `docs/errors.md` is generated from it and the Hindi texts are checked to cover it. `{name}` in a text is
 * filled from the error's details. `http` is the status the sync-server answers with.
 */
export interface ErrorEntry {
  readonly cause: string;
  readonly next: string;
  readonly http?: number;
}

export const errorCatalogue = {
  // General
  INTERNAL: {
    http: 500,
    cause: 'Munim met a fault of its own.',
    next: 'Nothing you saved is lost. Try again; if it comes back, quote the reference to your IT admin.',
  },
  INPUT_INVALID: {
    http: 400,
    cause: 'What was sent does not have the expected form: {where}.',
    next: 'Correct the marked field and try again.',
  },
  NOT_FOUND: {
    http: 404,
    cause: 'This {what} is not in the books of your college.',
    next: 'Go back to the list and open it again.',
  },
  CANCELLED: { cause: 'You stopped this work.', next: 'Nothing was changed. Start it again when you wish.' },
  HOST_GONE: {
    cause: 'The desk lost its books process for a moment.',
    next: 'It restarts by itself; what you saved is safe. Try again in a few seconds.',
  },
  UNSUPPORTED_VERSION: {
    http: 426,
    cause: 'This desk and the server speak different versions.',
    next: 'Update Munim on this desk; your entries stay here until then.',
  },
  SERVER_UNAVAILABLE: {
    http: 503,
    cause: 'The server cannot work at the moment.',
    next: 'Go on working; everything waits here and is sent by itself.',
  },
  RATE_LIMITED: { http: 429, cause: 'Too many tries in a short time.', next: 'Wait {seconds} seconds and try again.' },

  ...engineErrors,
  ...backupErrors,

  // Who may do what
  AUTH_REQUIRED: { http: 401, cause: 'You are not signed in.', next: 'Sign in and try again.' },
  AUTH_BAD_CREDENTIALS: {
    http: 401,
    cause: 'The e-mail or the password is not right.',
    next: 'Type them again. After several wrong tries the account rests for a while.',
  },
  AUTH_OFFLINE_UNKNOWN: {
    cause: 'This person has not yet signed in on this desk while it was connected.',
    next: 'Connect the desk once and sign in; after that it works offline.',
  },
  AUTH_FORBIDDEN: { http: 403, cause: 'Your role ({role}) may not do this.', next: 'Ask a person who has that duty.' },
  COLLEGE_INACTIVE: {
    http: 409,
    cause: 'This college was taken out of use.',
    next: 'Its books can still be read. Ask the super-accountant to open it again if something must be entered.',
  },
  AUTH_ACTOR_NOT_ON_DEVICE: {
    http: 403,
    cause: 'This person has not signed in on the desk that sent the entry.',
    next: 'Sign in on that desk while it is connected, then send again.',
  },
  AUTH_DEVICE_UNKNOWN: {
    http: 401,
    cause: 'The server does not know this desk.',
    next: 'Enrol the desk again with a new code; entries kept here are sent afterwards.',
  },
  AUTH_DEVICE_REVOKED: {
    http: 403,
    cause: 'This desk was taken out of use by your IT admin.',
    next: 'Ask the IT admin to enrol it again; entries kept here are sent afterwards.',
  },
  AUTH_BAD_SIGNATURE: {
    http: 401,
    cause: 'The signature of this desk does not fit what it sent.',
    next: 'Enrol the desk again. If it comes back, tell your IT admin: somebody may have copied its files.',
  },
  ENROL_CODE_INVALID: {
    http: 403,
    cause: 'This enrolment code is wrong, used or out of date.',
    next: 'Ask your IT admin for a new code.',
  },
  KEYCHAIN_UNAVAILABLE: {
    cause: 'The key store of this PC cannot be used ({reason}).',
    next: 'Unlock it (sign in to the PC), then try again.',
  },
  KEYCHAIN_KEY_LOST: {
    cause: 'The key of this desk is no longer in the key store of the PC.',
    next: 'Enrol the desk again with a new code. The books and the waiting entries stay.',
  },

  ...certificateErrors,
  ...connectionErrors,

  // Commands of the books
  COMMAND_UNKNOWN: {
    http: 400,
    cause: 'The server does not know the step "{name}" yet.',
    next: 'It is kept and done after the server is updated.',
  },
  COMMAND_STALE: {
    http: 409,
    cause: 'Somebody changed this {what} since you opened it.',
    next: 'Look at the new state and decide again.',
  },
  COMMAND_CONFLICT: {
    http: 409,
    cause: 'Somebody else changed the same field ({fields}) meanwhile.',
    next: 'Compare both values and keep the right one.',
  },
  COMMAND_DEPENDS: {
    http: 409,
    cause: 'An earlier entry for the same document was refused.',
    next: 'Settle the earlier one under Needs attention first.',
  },
  COMMAND_WITHDRAWN: {
    http: 409,
    cause: 'This entry was refused before the server was put back from a backup.',
    next: 'Nothing is to be done: it was settled, or stands under Needs attention.',
  },
  EXPENSE_WRONG_STATE: {
    http: 409,
    cause: 'This expense is {status}; "{action}" is not possible now.',
    next: 'Open it again to see what can be done.',
  },
  PAYMENT_HELD_ELSEWHERE: {
    http: 409,
    cause: 'The payment of this expense is with {person} on another desk, or was taken from this one.',
    next: 'Do not pay it. Ask {person}, or have the principal take the payment away.',
  },
  EXPENSE_AMOUNT_INVALID: {
    http: 422,
    cause: 'The amount must be more than zero.',
    next: 'Type the amount of the bill.',
  },
  EXPENSE_TAX_MISMATCH: {
    http: 422,
    cause: 'The GST of this bill does not add up: {reason}.',
    next: 'Compare taxable value, CGST, SGST and IGST with the bill.',
  },
  EXPENSE_TDS_INVALID: { http: 422, cause: 'The TDS is more than the taxable value.', next: 'Correct the TDS amount.' },
  EXPENSE_DATE_INVALID: {
    http: 422,
    cause: 'The bill date {date} cannot be right: {reason}.',
    next: 'Type the date that is printed on the bill.',
  },
  PAYMENT_DATE_INVALID: {
    http: 422,
    cause: 'The payment date {date} cannot be right: {reason}.',
    next: 'Type the day on which the bank or the cash box paid.',
  },
  PAYMENT_ACCOUNT_INVALID: {
    http: 422,
    cause: 'Account {glCode} is no bank or cash account in use.',
    next: 'Choose the bank or cash account that paid.',
  },
  REVERSAL_DATE_INVALID: {
    http: 422,
    cause: 'The reversal date {date} cannot be right: {reason}.',
    next: 'Choose a day from the date of the entry up to today.',
  },
  EXPENSE_DUPLICATE_BILL: {
    http: 409,
    cause: 'Bill {billNo} of this vendor is already entered as {reference}.',
    next: 'Open that one; if it truly is another bill, correct the bill number.',
  },
  EXPENSE_RECEIPT_REQUIRED: {
    http: 422,
    cause: 'Bills of this category need a receipt from {threshold} upwards.',
    next: 'Attach a photo or PDF of the bill.',
  },
  EXPENSE_FIELD_REQUIRED: { http: 422, cause: 'The field "{field}" is empty.', next: 'Fill it in.' },
  BUDGET_INSUFFICIENT: {
    http: 422,
    cause: 'The budget for {category} has {available} left; this needs {required}.',
    next: 'Reduce the amount, or ask the principal for approval over budget with a reason.',
  },
  BUDGET_BELOW_USE: {
    http: 422,
    cause: 'The budget cannot be set below what is already spent and committed ({used}).',
    next: 'Choose a larger amount.',
  },
  APPROVAL_OWN: { http: 403, cause: 'You entered this expense yourself.', next: 'Another person has to decide on it.' },
  APPROVAL_DECIDED: {
    http: 409,
    cause: '{name} already decided this on {at}: {decision}.',
    next: 'Nothing is left to do here.',
  },
  APPROVAL_REASON_REQUIRED: {
    http: 422,
    cause: 'A reason is needed for this decision.',
    next: 'Write one sentence; the other side will read it.',
  },
  VENDOR_INVALID: {
    http: 422,
    cause: 'The {field} of the vendor is not right: {reason}.',
    next: "Compare it with the vendor's letter or cheque and correct it.",
  },
  VENDOR_DUPLICATE: {
    http: 409,
    cause: 'A vendor with this {field} exists already: {name}.',
    next: 'Use that vendor.',
  },

  ...ledgerErrors,

  ...paymentErrors,

  ...accountingErrors,
  ...bulkErrors,
  ...webhookErrors,

  ...connectorErrors,

  ...reconciliationErrors,
  ...bankErrors,

  // Sync
  SYNC_OFFLINE: {
    cause: 'The server cannot be reached.',
    next: 'Go on working; everything waits here and is sent by itself.',
  },
  SYNC_BAD_ANSWER: {
    cause: 'What answered is not the Munim server ({detail}).',
    next: 'Check the network (a hotel or campus sign-in page?) and the server address.',
  },
  SYNC_BAD_CERTIFICATE: {
    cause: 'The certificate of the server is not trusted ({detail}).',
    next: 'Do not go on. Ask your IT admin for the right address or certificate.',
  },
  SYNC_SEQUENCE_GAP: {
    http: 409,
    cause: 'The server is missing entry {expected} of this desk.',
    next: 'The desk sends it again by itself.',
  },
  SYNC_SAME_ID_OTHER_CONTENT: {
    http: 409,
    cause: 'Entry {id} was sent before with other content.',
    next: 'Tell your IT admin: the books of this desk may have been restored from an old copy.',
  },
  SYNC_CURSOR_LOST: {
    http: 409,
    cause: 'This desk has read further than the books of the server reach now; the server was put back from a backup.',
    next: 'The desk reads the books anew by itself; entries kept here are sent afterwards.',
  },
  SYNC_CLOCK_AHEAD: {
    http: 422,
    cause: 'The clock of this desk is {minutes} minutes ahead.',
    next: 'Set date and time of the PC (automatic time), then send again.',
  },
  SYNC_CLOCK_BEHIND: {
    http: 422,
    cause: 'The clock of this desk is {minutes} minutes behind.',
    next: 'Set date and time of the PC (automatic time), then connect again.',
  },
  SYNC_TOO_LARGE: {
    http: 413,
    cause: 'One message was larger than the server takes.',
    next: 'The desk sends it in smaller parts by itself.',
  },
  SYNC_ROW_MISFIT: {
    cause: 'The server sent a row this desk cannot keep ({table}).',
    next: 'Update Munim on this desk.',
  },

  // Import and export
  IMPORT_FILE_TOO_LARGE: {
    http: 413,
    cause: 'The file has {sizeMiB} MiB; the largest that can be read is {limitMiB} MiB.',
    next: 'Split it into smaller workbooks.',
  },
  IMPORT_ZIP_BOMB: {
    cause: 'The workbook unpacks to far more than a real one would.',
    next: 'Do not use this file. Ask the sender for a fresh export.',
  },
  IMPORT_CORRUPT: {
    cause: 'The file is damaged or not a workbook.',
    next: 'Open it in Excel, save it again as .xlsx and try once more.',
  },
  IMPORT_ENCRYPTED: {
    cause: 'The workbook is protected by a password.',
    next: 'Remove the password in Excel and save it again.',
  },
  IMPORT_OLD_XLS: { cause: 'This is a workbook of Excel 95 or before.', next: 'Save it in Excel as .xlsx or .csv.' },
  IMPORT_TOO_MANY_ROWS: { cause: 'The sheet has more than {limit} rows.', next: 'Split it into smaller sheets.' },
  IMPORT_NO_HEADER: {
    cause: 'No row with column names was found.',
    next: 'Choose the header row yourself, or add one to the sheet.',
  },
  IMPORT_MAPPING_INCOMPLETE: { cause: 'No column is chosen for: {fields}.', next: 'Choose the columns and go on.' },
  EXPORT_AMOUNT_TOO_LARGE: {
    cause: 'The amount {amount} has more digits than a workbook keeps exactly.',
    next: 'Export as .csv, which keeps every digit.',
  },
  EXPORT_TOO_MANY_ROWS: {
    cause: 'A sheet holds at most {limit} rows.',
    next: 'Export as .csv, or narrow the list with a filter.',
  },
  REPORT_TOTALS_DISAGREE: {
    cause: 'In the report, "{label}" has {stated} in the column "{column}", but its rows make {made}.',
    next: 'Nothing was written. Open the report again; if it stays so, tell support the reference.',
  },
  REPORT_TOO_LONG: {
    cause: 'This report has {count} entries; the screen shows at most {limit} at once.',
    next: 'Choose a shorter period, or export it.',
  },
  EXPORT_FAILED: {
    cause: 'The file could not be written: {detail}.',
    next: 'Choose another folder or free some space.',
  },
  RECEIPT_TYPE: {
    http: 415,
    cause: 'Receipts can be PDF, JPEG, PNG or WebP.',
    next: 'Photograph or scan the bill again.',
  },
  RECEIPT_TOO_LARGE: {
    http: 413,
    cause: 'The receipt has {sizeMiB} MiB; {limitMiB} MiB are possible.',
    next: 'Scan it with a lower resolution.',
  },
  RECEIPT_PDF_DAMAGED: {
    cause: 'This PDF is damaged and cannot be shown.',
    next: 'Save a copy and try another program; if it does not open there either, ask for the bill again.',
  },
  RECEIPT_PDF_LOCKED: {
    cause: 'This PDF is locked by a password and cannot be shown here.',
    next: 'Save a copy and open it with its password, or attach one without.',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof errorCatalogue;
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>;

/** What a rule answers when it refuses: a value, so that callers must look at it. Amounts in details are paise as decimal strings. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

export const refusal = (code: ErrorCode, details: ErrorDetails = {}): Refusal => ({ code, details });

/** A refusal thrown across layers that cannot return it. */
export class MunimError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(`${code}: ${fillText(errorCatalogue[code].cause, details)}`, options);
    this.name = 'MunimError';
    this.code = code;
    this.details = details;
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(errorCatalogue, code);

export function fillText(text: string, details: ErrorDetails): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(details, name) ? String(details[name]) : whole,
  );
}

/** The MunimError that was thrown, or that another error was wrapped around on its way; anything else becomes INTERNAL with its cause. */
export function toMunimError(thrown: unknown): MunimError {
  for (let one = thrown; one instanceof Error; one = one.cause) if (one instanceof MunimError) return one;
  return new MunimError('INTERNAL', {}, { cause: thrown });
}
