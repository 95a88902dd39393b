/** The part of the catalogue of errors about files of payments for banks. */
export const bulkErrors = {
  BULK_VALUE_TOO_LONG: {
    cause: 'Row {row} cannot go into the file: "{value}" has {length} characters and the bank takes {max}.',
    next: 'Correct it with the vendor or the account, or take that payment out of the file.',
  },
  BULK_LAYOUT_INVALID: {
    cause: 'The layout of the file for the bank is not usable: {where}.',
    next: 'Choose one of the presets again and change it step by step; the preview shows what comes out.',
  },
} as const;
