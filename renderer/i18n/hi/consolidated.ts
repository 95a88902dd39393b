import type { consolidatedEn } from '../en/consolidated.ts';

export const consolidatedHi: Readonly<Record<keyof typeof consolidatedEn, string>> = {
  'screen.consolidated': 'समेकित',
  'consolidated.title': 'समेकित बहियाँ, वि.व. {year}',
  'consolidated.agrees': 'हर चढ़ी प्रविष्टि से मेल खाता है',
  'consolidated.differs': 'चढ़ी प्रविष्टियों से मेल नहीं खाता',
  'consolidated.differsHint':
    'कम से कम एक कॉलेज के रखे हुए योग और चढ़ी प्रविष्टियाँ एक नहीं हैं। ये आँकड़े आगे न दें: सिंक करें, फिर देखें, और ऐसा ही रहे तो आईटी प्रबंधक को बताएँ।',
  'consolidated.total': 'सभी कॉलेज',
  'consolidated.spent': 'ख़र्च',
  'consolidated.allocated': 'आवंटित',
  'consolidated.committed': 'आरक्षित',
  'consolidated.waiting': 'निर्णय की प्रतीक्षा में',
  'consolidated.overdue': '{count, plural, one {# की समय-सीमा बीती} other {# की समय-सीमा बीती}}',
  'consolidated.used': 'उपयोग',
  'consolidated.compare': 'कॉलेज साथ-साथ',
  'consolidated.chart': 'महीने के अनुसार ख़र्च, ₹',
  'consolidated.views': 'ख़र्च का बँटवारा',
  'consolidated.byMonth': 'महीने से',
  'consolidated.byCategory': 'मद से',
  'consolidated.byAccount': 'जीएल कोड से',
  'consolidated.month': 'महीना',
  'consolidated.drill': '{what}, {college}: {amount}। इसके ख़र्च दिखाएँ',
  'consolidated.basis':
    'ख़र्च वह है जो बिल की तारीख़ से ख़र्च में चढ़ा, उलटी प्रविष्टियाँ घटाकर। इनपुट क्रेडिट में लिया गया जीएसटी इसमें नहीं है, इसलिए नीचे की सूची में बिल बड़ा हो सकता है।',
  'consolidated.accountBasis': 'वर्ष का नामे घटा जमा। बहियाँ संतुलित हों तो दोनों योग एक होते हैं।',
  'consolidated.debit': 'नामे ₹',
  'consolidated.credit': 'जमा ₹',
  'consolidated.dr': '{amount} नामे',
  'consolidated.cr': '{amount} जमा',
  'consolidated.none': 'इस वर्ष में अभी कुछ नहीं चढ़ा',
  'consolidated.noneHint': 'किसी कॉलेज का पहला स्वीकृत ख़र्च इस डेस्क पर पहुँचते ही आँकड़े यहाँ दिखेंगे।',
};
