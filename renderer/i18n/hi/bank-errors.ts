import type { bankErrors } from '../../../shared/kernel/bank-errors.ts';

/** Hindi of the part of the catalogue about what banks give. */
export const bankErrorsHi: Readonly<
  Record<keyof typeof bankErrors, { readonly cause: string; readonly next: string }>
> = {
  STATEMENT_UNKNOWN: {
    cause: 'यह फ़ाइल ऐसा बैंक विवरण नहीं है जिसे मुनीम पढ़ता हो।',
    next: 'इसे एक्सेल, CSV, MT940, CAMT.053 या OFX के रूप में फिर डाउनलोड करें। PDF या वेब पेज नहीं पढ़ा जा सकता।',
  },
  STATEMENT_UNREADABLE: {
    cause: 'बैंक विवरण पंक्ति {line} पर नहीं पढ़ा जा सका: {detail}।',
    next: 'इसे बैंक से फिर डाउनलोड करें और बदलें नहीं। इस फ़ाइल से कुछ नहीं लिया गया।',
  },
  STATEMENT_UNSAFE: {
    cause: 'पंक्ति {line} में ऐसा कुछ है जो कोई बैंक नहीं लिखता: {detail}।',
    next: 'यह फ़ाइल काम में न लें। विवरण बैंक से फिर डाउनलोड करें।',
  },
  STATEMENT_TOO_LARGE: {
    cause: 'बैंक विवरण {limitMiB} MiB से बड़ा है।',
    next: 'इसे छोटी अवधि में, जैसे महीने-महीने, डाउनलोड करें।',
  },
  STATEMENT_TOO_MANY_LINES: {
    cause: 'बैंक विवरण में {limit} से ज़्यादा पंक्तियाँ हैं।',
    next: 'इसे छोटी अवधि में, जैसे महीने-महीने, डाउनलोड करें।',
  },
  STATEMENT_EMPTY: {
    cause: 'बैंक विवरण में कोई पंक्ति नहीं है।',
    next: 'खाता और अवधि देखें, फिर डाउनलोड करें।',
  },
  STATEMENT_NO_HEADER: {
    cause: 'बैंक विवरण के कॉलमों वाली कोई पंक्ति नहीं मिली।',
    next: 'फ़ाइल में तारीख, विवरण और राशि के कॉलम चाहिए; इसे बैंक से फिर डाउनलोड करें।',
  },
  STATEMENT_CURRENCY: {
    cause: 'बैंक विवरण {currency} में है, रुपये में नहीं।',
    next: 'रुपये वाले खाते का विवरण चुनें।',
  },
  STATEMENT_BALANCE: {
    cause: 'पंक्ति {line} ({date}) पर शेष नहीं मिलता: बैंक {stated} बताता है, पंक्तियों से {made} बनता है।',
    next: 'कोई पंक्ति छूटी या बदली गई है। विवरण बैंक से फिर डाउनलोड करें।',
  },
  STATEMENT_SEVERAL_ACCOUNTS: {
    cause: 'फ़ाइल में {count} खातों के विवरण हैं।',
    next: 'हर खाते का विवरण अलग से डाउनलोड करें।',
  },
};
