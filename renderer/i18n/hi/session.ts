import type { sessionEn } from '../en/session.ts';

export const sessionHi: Readonly<Record<keyof typeof sessionEn, string>> = {
  'enrol.title': 'इस डेस्क को अपने कॉलेज से जोड़ें',
  'enrol.lead': 'आईटी एडमिन आपको सर्वर का पता और एक बार चलने वाला कोड देते हैं।',
  'enrol.server': 'सर्वर का पता',
  'enrol.serverHint': 'जैसे https://munim.college.example',
  'enrol.serverWrong': 'यह पता नहीं है। पता https:// से शुरू होता है।',
  'enrol.code': 'पंजीकरण कोड',
  'enrol.codeWrong': 'कोड में कम से कम 8 अक्षर होते हैं।',
  'enrol.device': 'इस डेस्क का नाम',
  'enrol.deviceHint': 'लेखा-परीक्षा में दूसरों को यही दिखता है, जैसे लेखा पीसी 2',
  'enrol.do': 'जोड़ें',
  'enrol.doing': 'जुड़ रहा है',
  'enrol.pull': 'खाते पहली बार आ रहे हैं',
  'enrol.offlineNote': 'इसके बाद डेस्क बिना नेटवर्क के भी चलता है।',

  'signIn.title': 'साइन इन करें',
  'signIn.at': '{desk} · {server}',
  'signIn.who': 'आप कौन हैं?',
  'signIn.email': 'ई-मेल',
  'signIn.password': 'पासवर्ड',
  'signIn.do': 'साइन इन करें',
  'signIn.offline': 'जिन्होंने इस डेस्क पर पहले साइन इन किया है, वे बिना नेटवर्क के भी कर सकते हैं।',
  'signIn.demoTitle': 'नमूना समूह',
  'signIn.demo': 'ये खाते बनावटी हैं। जहाँ मुनीम चलाया गया, वहाँ समूह के लोग और उनका पासवर्ड लिखे हैं।',
};
