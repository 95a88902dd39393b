import type { paymentLayoutEn } from '../en/payment-layout.ts';

/** Hindi of payment-layout.ts. */
export const paymentLayoutHi: Readonly<Record<keyof typeof paymentLayoutEn, string>> = {
  'layout.do': 'फ़ाइल विन्यास',
  'layout.title': '{name} का फ़ाइल विन्यास',
  'layout.lead': 'अपने बैंक के विन्यास से शुरू करें और शाखा के पत्र में जो अलग हो वह बदलें। नीचे दिखता है कि एक भुगतान फ़ाइल में कैसा होगा।',
  'layout.begin': 'शुरुआत',
  'layout.fileName': 'फ़ाइल का नाम',
  'layout.fileNameHint': '{parts} भरे जाते हैं।',
  'layout.delimiter': 'दो स्थानों के बीच',
  'layout.tab': 'टैब',
  'layout.dates': 'तारीख़ें',
  'layout.modes': 'बैंक के शब्द',
  'layout.modeOwn': 'वही बैंक',
  'layout.plain': 'केवल सादे अंग्रेज़ी अक्षर और अंक',
  'layout.row': 'पंक्ति के स्थान: क्या रहेगा, और उसके शब्द या अधिकतम लंबाई',
  'layout.place': 'स्थान {place}',
  'layout.max': 'अधिकतम लंबाई',
  'layout.fixed': 'शब्द',
  'layout.up': 'स्थान {place} ऊपर करें',
  'layout.down': 'स्थान {place} नीचे करें',
  'layout.remove': 'स्थान {place} हटाएँ',
  'layout.add': 'स्थान जोड़ें',
  'layout.sample': 'एक भुगतान ऐसा होगा',
  'layout.save': 'यह विन्यास रखें',
  'layout.done': '{name} का फ़ाइल विन्यास रखा गया।',
};
