import type { reconciliationErrors } from '../../../shared/kernel/reconciliation-errors.ts';

/** The errors about statements and matches in Hindi; the English original stands in shared/kernel/reconciliation-errors.ts. */
export const reconciliationErrorsHi: Readonly<
  Record<keyof typeof reconciliationErrors, { readonly cause: string; readonly next: string }>
> = {
  STATEMENT_INVALID: {
    cause: 'यह स्टेटमेंट नहीं रखा जा सकता: {reason}।',
    next: 'उसकी अवधि और खाता जाँचें, और बैंक से फिर डाउनलोड करें।',
  },
  STATEMENT_OTHER_ACCOUNT: {
    cause: 'यह स्टेटमेंट खाते {found} का है, {account} का नहीं।',
    next: 'जिस खाते का है वह चुनें, या इस खाते का स्टेटमेंट लें।',
  },
  MATCH_INVALID: {
    cause: 'इन पंक्तियों का मिलान नहीं हो सकता: {reason}।',
    next: 'बैंक की पंक्तियाँ और खातों की वही रकम वाली प्रविष्टियाँ चिह्नित करके फिर कोशिश करें।',
  },
  MATCH_TAKEN: {
    cause: '{date} की एक पंक्ति का मिलान इस बीच हो चुका है।',
    next: 'सूची फिर देखें; वह मिलान ग़लत हो तो पहले उसे वापस लें।',
  },
  MATCH_UNEQUAL: {
    cause: 'बैंक में {bank} है और खातों में {books}।',
    next: 'जो छूटा है उसे चिह्नित करें, या अंतर (शुल्क, ब्याज) का अलग वाउचर लिखें।',
  },
  MATCH_UNDONE: { cause: 'यह मिलान {by} पहले ही वापस ले चुके हैं।', next: 'यहाँ कुछ करना बाक़ी नहीं।' },
  RECONCILIATION_LOCKED: {
    cause: '{month} का मिलान महीने के साथ बंद हो चुका है।',
    next: 'बदलना ज़रूरी हो तो प्राचार्य से महीना फिर खुलवाएँ।',
  },
  BANK_RULE_INVALID: {
    cause: 'नियम का {field} सही नहीं है: {reason}।',
    next: 'विवरण में आने वाले शब्द दें और चालू खाता चुनें जो बैंक खाता न हो।',
  },
  VOUCHER_CLEARED: {
    cause: 'यह वाउचर {date} के बैंक स्टेटमेंट से मिल चुका है।',
    next: 'पहले "बैंक" में मिलान वापस लें, या सुधार का अलग वाउचर लिखें।',
  },
};
