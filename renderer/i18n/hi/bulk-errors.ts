/** Of files of payments for banks. */
export const bulkErrorsHi = {
  BULK_VALUE_TOO_LONG: {
    cause: 'पंक्ति {row} फ़ाइल में नहीं जा सकती: "{value}" में {length} अक्षर हैं, बैंक {max} ही लेता है।',
    next: 'विक्रेता या खाते में ठीक करें, या यह भुगतान फ़ाइल से निकाल दें।',
  },
  BULK_LAYOUT_INVALID: {
    cause: 'बैंक की फ़ाइल का ढाँचा काम का नहीं है: {where}।',
    next: 'फिर से कोई तैयार ढाँचा चुनें और एक-एक करके बदलें; झलक में दिखता है कि क्या निकलेगा।',
  },
} as const;
