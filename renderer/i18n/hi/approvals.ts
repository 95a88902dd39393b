import type { approvalsEn } from '../en/approvals.ts';

export const approvalsHi: Readonly<Record<keyof typeof approvalsEn, string>> = {
  'screen.approvals': 'स्वीकृतियाँ',
  'approvals.due': 'समय-सीमा',
  'approvals.due.minutes': '{count, plural, =0 {अभी निर्णय देना है} one {# मिनट बाकी} other {# मिनट बाकी}}',
  'approvals.due.hours': '{count, plural, one {# घंटा बाकी} other {# घंटे बाकी}}',
  'approvals.due.days': '{count, plural, one {# दिन बाकी} other {# दिन बाकी}}',
  'approvals.overdue.minutes': '{count, plural, =0 {समय अभी बीता} one {# मिनट की देर} other {# मिनट की देर}}',
  'approvals.overdue.hours': '{count, plural, one {# घंटे की देर} other {# घंटे की देर}}',
  'approvals.overdue.days': '{count, plural, one {# दिन की देर} other {# दिन की देर}}',
  'approvals.count': '{count, plural, one {# आपके निर्णय की प्रतीक्षा में} other {# आपके निर्णय की प्रतीक्षा में}}',
  'approvals.overdueCount': '{count, plural, one {# की समय-सीमा बीत गई} other {# की समय-सीमा बीत गई}}',
  'approvals.maker': 'दर्ज करने वाले',
  'approvals.budget': 'बजट',
  'approvals.none': 'आपके निर्णय के लिए कुछ बाकी नहीं',
  'approvals.noneHint': 'लेखापाल जो जमा करेंगे, वह यहाँ अपने आप दिखेगा; जिसकी समय-सीमा पहले है, वह सबसे ऊपर।',
  'approvals.noDate': 'सीमा नहीं',
  'approvals.approveTicked': 'चुने हुए स्वीकृत करें',
  'approvals.approveCount': '{count, plural, one {चुना हुआ # स्वीकृत करें} other {चुने हुए # स्वीकृत करें}}',
  'approvals.untick': 'सारे चयन हटाएँ',
  'approvals.next': 'अगला',
  'approvals.quicker': '{name} इस पर {at} पहले ही निर्णय दे चुके हैं: {decision}। यहाँ अब कुछ करना नहीं है।',
  'approvals.gone': 'यह अब आपके निर्णय की प्रतीक्षा में नहीं है। अब की स्थिति: {status}।',
  'approvals.document': 'व्यय {reference}',

  'approveMany.title': 'एक साथ कई व्यय स्वीकृत करें',
  'approveMany.consequence':
    '{count, plural, one {एक व्यय दर्ज होगा} other {# व्यय दर्ज होंगे}}, कुल {sum}। विक्रेताओं को {payable} देय हो जाएगा।',
  'approveMany.overBudget':
    '{count, plural, one {चुना हुआ एक व्यय बजट से अधिक है और छोड़ा गया} other {चुने हुए # व्यय बजट से अधिक हैं और छोड़े गए}}: हर एक का अपना कारण चाहिए।',
  'approveMany.leftOut':
    '{count, plural, one {चुना हुआ एक व्यय अब निर्णय की प्रतीक्षा में नहीं है और छोड़ा गया} other {चुने हुए # व्यय अब निर्णय की प्रतीक्षा में नहीं हैं और छोड़े गए}}।',
  'approveMany.list': 'क्या स्वीकृत होगा',
  'approveMany.confirm': '{count, plural, one {एक स्वीकृत करें, {sum}} other {# स्वीकृत करें, {sum}}}',
  'approveMany.running': 'स्वीकृत हो रहे हैं',
  'approveMany.done': '{count, plural, one {एक व्यय स्वीकृत हुआ।} other {# व्यय स्वीकृत हुए।}}',
  'approveMany.refused': '{count, plural, one {एक स्वीकृत नहीं हो सका} other {# स्वीकृत नहीं हो सके}}',
  'approveMany.refusedLead':
    '{done, plural, =0 {कोई स्वीकृत नहीं हुआ।} one {एक स्वीकृत हुआ।} other {# स्वीकृत हुए।}} नीचे वाले जैसे थे वैसे ही हैं।',
  'approveMany.nothing': 'चुने हुए व्ययों में से कोई भी अभी एक साथ स्वीकृत नहीं हो सकता।',
};
