import type { expensesEn } from '../en/expenses.ts';

export const expensesHi: Readonly<Record<keyof typeof expensesEn, string>> = {
  'expenses.new': 'नया ख़र्च',
  'expenses.search': 'संख्या, विक्रेता, बिल या विवरण खोजें',
  'expenses.reference': 'संख्या',
  'expenses.college': 'कॉलेज',
  'expenses.amount': 'राशि ₹',
  'expenses.dates': 'बिल की तारीख़',
  'expenses.pendingOnly': 'सर्वर की प्रतीक्षा में',
  'expenses.pending': 'सर्वर की प्रतीक्षा में',
  'expenses.receipts': '{count, plural, one {# रसीद} other {# रसीदें}}',
  'expenses.overBudget': 'बजट से ऊपर',
  'expenses.count': '{count, plural, one {# ख़र्च} other {# ख़र्च}}',
  'expenses.counting': 'गिना जा रहा है',
  'expenses.none': 'इस वर्ष में अभी कोई ख़र्च नहीं',
  'expenses.noneHint': 'पहला बिल दर्ज करें, या वर्कबुक से महीने भर के बिल लाएँ।',
  'expenses.noneHintReader': 'लेखाकार के दर्ज करते ही वे यहाँ दिखेंगे।',
  'expenses.noneMatch': 'इन छननियों में कुछ नहीं आता',
  'expenses.noneMatchHint': 'कोई छननी हटाएँ, या कम अक्षरों से खोजें।',
  'expenses.clearFilters': 'सब छननियाँ हटाएँ',
  'expenses.submitTicked': 'चुने हुए ख़र्च भेजें',
  'expenses.submitCount': '{count, plural, one {# चुना हुआ भेजें} other {# चुने हुए भेजें}}',

  'filter.between': '{from} से {to}',
  'filter.from': '{from} से',
  'filter.upTo': '{to} तक',
  'filter.fromLabel': 'से',
  'filter.toLabel': 'तक',

  'export.action': 'निर्यात',
  'export.xlsx': 'एक्सेल वर्कबुक (.xlsx)',
  'export.pdf': 'PDF, मुद्रण के लिए',
  'export.csv': 'पाठ तालिका (.csv)',
  'export.running': 'फ़ाइल लिखी जा रही है',
  'export.saved': '{fileName} आपके डाउनलोड में है।',

  'submitMany.title': 'स्वीकृति के लिए भेजें',
  'submitMany.consequence':
    '{count, plural, one {एक ख़र्च स्वीकृति के लिए जाता है} other {# ख़र्च स्वीकृति के लिए जाते हैं}}, कुल {sum}। अब से बजट में उनका हिस्सा आरक्षित रहता है।',
  'submitMany.leftOut':
    '{count, plural, one {एक चुना हुआ ख़र्च भेजा नहीं जा सकता} other {# चुने हुए ख़र्च भेजे नहीं जा सकते}} और जैसा है वैसा रहता है।',
  'submitMany.confirm': '{count, plural, one {एक ख़र्च भेजें} other {# ख़र्च भेजें}}',
  'submitMany.running': 'भेजा जा रहा है',
  'submitMany.done': '{count, plural, one {एक ख़र्च भेजा गया।} other {# ख़र्च भेजे गए।}}',
  'submitMany.refused': '{count, plural, one {एक अस्वीकार हुआ} other {# अस्वीकार हुए}}',
  'submitMany.nothing': 'चुने हुए में से कोई अभी भेजा नहीं जा सकता। केवल मसौदे और लौटाए गए भेजे जा सकते हैं।',
};
