import type { ledgerErrors } from '../../../shared/kernel/ledger-errors.ts';

/** Hindi of the part of the catalogue about the chart and what is posted. */
export const ledgerErrorsHi: Readonly<
  Record<keyof typeof ledgerErrors, { readonly cause: string; readonly next: string }>
> = {
  GROUP_INVALID: {
    cause: 'समूह का {field} सही नहीं है: {reason}।',
    next: 'इसे ठीक करें। समूह अपने ही प्रकार के समूह के नीचे रहता है, अधिक से अधिक छह स्तर।',
  },
  GROUP_DUPLICATE: {
    cause: 'इस कोड का समूह पहले से है: {code} {name}।',
    next: 'उसी समूह को लें या दूसरा कोड चुनें।',
  },
  ACCOUNT_INVALID: {
    cause: 'खाते का {field} सही नहीं है: {reason}।',
    next: 'इसे ठीक करें। कोड में बड़े रोमन अक्षर, अंक और . / - चिह्न होते हैं।',
  },
  ACCOUNT_DUPLICATE: {
    cause: 'इस कोड या नाम का खाता पहले से है: {code} {name}।',
    next: 'उसी खाते को लें, या दूसरा कोड और नाम चुनें।',
  },
  COST_CENTRE_INVALID: {
    cause: 'लागत केंद्र का {field} सही नहीं है: {reason}।',
    next: 'इसे ठीक करें। एजेंसी, स्वीकृति और अवधि केवल अनुदान की होती है।',
  },
  COST_CENTRE_DUPLICATE: {
    cause: 'इस कोड का लागत केंद्र पहले से है: {code} {name}।',
    next: 'उसी को लें या दूसरा कोड चुनें।',
  },
  VOUCHER_INVALID: {
    cause: 'वाउचर का {field} सही नहीं है (पंक्ति {line}): {reason}।',
    next: 'चिह्नित पंक्ति ठीक करें या दूसरी तरह का वाउचर चुनें।',
  },
  VOUCHER_UNBALANCED: {
    cause: 'नामे {debit} और जमा {credit} बराबर नहीं हैं।',
    next: 'राशि ठीक करें या छूटी हुई पंक्ति जोड़ें।',
  },
  VOUCHER_DATE_INVALID: {
    cause: 'वाउचर की तारीख़ {date} नहीं हो सकती: {reason}।',
    next: 'वही तारीख़ लिखें जब यह हुआ, आज तक।',
  },
  VOUCHER_NEEDS_APPROVAL: {
    cause: '"{category}" पर इतने ख़र्च का निर्णय प्राचार्य करते हैं।',
    next: 'इसे ख़र्च के रूप में दर्ज करें; स्वीकृति पर यह खाते में चढ़ेगा।',
  },
  VOUCHER_OF_EXPENSE: { cause: 'यह वाउचर एक ख़र्च का है।', next: 'वह ख़र्च खोलें और वहीं से वापस लें।' },
  VOUCHER_IS_REVERSAL: {
    cause: 'यह प्रविष्टि किसी और को वापस लेती है; इसे वापस नहीं लिया जा सकता।',
    next: 'वाउचर को सही रूप में फिर से दर्ज करें।',
  },
  VOUCHER_REVERSED: { cause: 'यह वाउचर {date} को पहले ही वापस लिया जा चुका है।', next: 'यहाँ अब कुछ बाक़ी नहीं।' },
  BILL_UNKNOWN: {
    cause: 'इस पक्ष का "{name}" नाम का कोई बिल नहीं है।',
    next: 'उसके खुले बिलों में से चुनें, या इसे नया बिल बनाएँ।',
  },
  BILL_DUPLICATE: {
    cause: 'इस पक्ष का "{name}" नाम का बिल पहले से खुला है।',
    next: 'उसी का निपटान करें, या दूसरा नाम रखें।',
  },
  BILL_OVERPAID: {
    cause: 'बिल "{name}" में केवल {open} बाक़ी है।',
    next: 'इस पर उतना ही लगाएँ, बाक़ी को खाते पर या अग्रिम रखें।',
  },
  PERIOD_INVALID: { cause: '{period} के साथ यह नहीं हो सकता: {reason}।', next: 'अवधियों की सूची देखें।' },
  CATEGORY_UNKNOWN: { cause: '"{category}" नाम की कोई ख़र्च मद नहीं है।', next: 'सूची में से चुनें।' },
  GL_CODE_UNKNOWN: { cause: 'ख़र्च के लिए "{glCode}" कोई जीएल कोड नहीं है।', next: 'सूची में से चुनें।' },
  PERIOD_CLOSED: {
    cause: '{date} की अवधि बंद है।',
    next: 'खुली अवधि की तारीख़ रखें, या अवधि फिर खुलवाएँ।',
  },
  LEDGER_UNBALANCED: {
    cause: 'प्रविष्टि के नाम और जमा में अंतर है ({difference})।',
    next: 'कुछ नहीं चढ़ाया गया। संदर्भ संख्या सहायता को बताएँ।',
  },
  AUDIT_BROKEN: {
    cause: 'लेखा-परीक्षा की कड़ी प्रविष्टि {position} पर टूटती है।',
    next: 'कुछ न मिटाएँ। लेखा-परीक्षक और आईटी एडमिन को बताएँ।',
  },
};
