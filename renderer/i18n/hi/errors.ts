import type { ErrorCode } from '../../../shared/kernel/errors.ts';
import { backupErrorsHi } from './backup-errors.ts';
import { bankErrorsHi } from './bank-errors.ts';
import { bulkErrorsHi } from './bulk-errors.ts';
import { certificateErrorsHi } from './certificate-errors.ts';
import { connectionErrorsHi } from './connection-errors.ts';
import { connectorErrorsHi } from './connector-errors.ts';
import { ledgerErrorsHi } from './ledger-errors.ts';
import { paymentErrorsHi } from './payment-errors.ts';
import { reconciliationErrorsHi } from './reconciliation-errors.ts';
import { webhookErrorsHi } from './webhook-errors.ts';

/** The catalogue of errors in Hindi; the English original stands in shared/kernel/errors.ts. */
export const errorsHi: Readonly<Record<ErrorCode, { readonly cause: string; readonly next: string }>> = {
  ...ledgerErrorsHi,
  ...bulkErrorsHi,
  ...webhookErrorsHi,
  ...paymentErrorsHi,
  ...bankErrorsHi,
  ...reconciliationErrorsHi,
  INTERNAL: {
    cause: 'मुनीम में अपनी ही कोई ख़राबी आई।',
    next: 'आपका सहेजा हुआ कुछ नहीं खोया। फिर कोशिश करें; दोबारा हो तो संदर्भ संख्या आईटी एडमिन को बताएँ।',
  },
  INPUT_INVALID: { cause: 'भेजी गई जानकारी सही रूप में नहीं है: {where}।', next: 'चिह्नित खाना ठीक करके फिर कोशिश करें।' },
  NOT_FOUND: { cause: 'यह {what} आपके कॉलेज के खातों में नहीं है।', next: 'सूची पर लौटकर फिर खोलें।' },
  CANCELLED: { cause: 'आपने यह काम रोक दिया।', next: 'कुछ नहीं बदला। जब चाहें फिर शुरू करें।' },
  HOST_GONE: {
    cause: 'डेस्क का खाता-प्रोग्राम थोड़ी देर के लिए छूट गया।',
    next: 'वह अपने आप फिर चलता है; आपका सहेजा हुआ सुरक्षित है। कुछ सेकंड में फिर कोशिश करें।',
  },
  UNSUPPORTED_VERSION: {
    cause: 'इस डेस्क और सर्वर के संस्करण अलग हैं।',
    next: 'इस डेस्क पर मुनीम को अपडेट करें; तब तक आपकी प्रविष्टियाँ यहीं रहती हैं।',
  },
  SERVER_UNAVAILABLE: {
    cause: 'सर्वर अभी काम नहीं कर पा रहा।',
    next: 'काम करते रहें; सब यहीं रुका है और अपने आप भेजा जाएगा।',
  },
  RATE_LIMITED: { cause: 'थोड़े समय में बहुत बार कोशिश हुई।', next: '{seconds} सेकंड रुककर फिर कोशिश करें।' },
  ENGINE_LOCKED: {
    cause: 'एक और मुनीम (प्रोसेस {pid}) में ये खाते पहले से खुले हैं।',
    next: 'खुली हुई खिड़की में काम करें, या पहले उसे बंद करें।',
  },
  ENGINE_POISONED: {
    cause: 'डेटाबेस ने ऐसा उत्तर दिया जिस पर भरोसा नहीं, इसलिए खाता-प्रोग्राम रुक गया।',
    next: 'वह फिर चलकर खाते जाँचता है। पिछले काम का नतीजा न दिखे तो उसे दोहराएँ।',
  },
  ENGINE_NOT_DURABLE: {
    cause: 'यह डिस्क या संस्करण भरोसा नहीं दे सकता कि सहेजी प्रविष्टि बिजली जाने पर बचेगी: {reason}।',
    next: 'इस पीसी पर काम न करें। आईटी एडमिन को बताएँ।',
  },
  ENGINE_DISK_FULL: {
    cause: 'डिस्क भर गई है; {freeMiB} MiB जगह बची है।',
    next: 'डिस्क पर जगह ख़ाली करें। अब तक का सहेजा सब सुरक्षित है।',
  },
  ENGINE_MAJOR_MISMATCH: {
    cause: 'ये खाते मुनीम की दूसरी पीढ़ी ने लिखे हैं (प्रारूप {found}, यहाँ {needed} चाहिए)।',
    next: 'मेल खाता मुनीम लगाएँ, या आईटी एडमिन से खाते उन्नत कराएँ।',
  },
  ENGINE_SCHEMA_NEWER: {
    cause: 'ये खाते पिछली बार नए मुनीम में खोले गए थे।',
    next: 'इस पीसी पर मुनीम अपडेट करें। खातों को छुआ नहीं गया।',
  },
  ENGINE_NESTED_QUERY: {
    cause: 'प्रोग्राम के एक क़दम ने अपने अधूरे बदलाव के बीच खाते पढ़ने चाहे।',
    next: 'कुछ नहीं सहेजा गया। संदर्भ संख्या सहायता को बताएँ।',
  },
  ENGINE_CORRUPT: {
    cause: 'खातों की जाँच में ख़राबी मिली: {detail}।',
    next: 'आगे कुछ दर्ज न करें। मुनीम फिर खोलें और वहाँ खाते फिर बनाएँ; आपका सहेजा हुआ रखा है।',
  },
  ENGINE_BACKUP_UNVERIFIED: {
    cause: 'बैकअप लिखा गया पर फिर खुल नहीं सका: {detail}।',
    next: 'बैकअप फ़ोल्डर की डिस्क जाँचें और बैकअप फिर बनाएँ।',
  },
  BACKUP_TOOL: {
    cause: 'PostgreSQL {major} का {tool} चाहिए; इस मशीन पर मिला: {found}।',
    next: 'PostgreSQL {major} के क्लाइंट प्रोग्राम लगाएँ या उनका फ़ोल्डर MUNIM_SERVER_PG_BIN से बताएँ।',
  },
  RESTORE_NOT_BACKUP: {
    cause: '{folder} में इस तरह के सर्वर का पूरा बैकअप नहीं है।',
    next: 'वही फ़ोल्डर बताएँ जो बैकअप की आज्ञा ने छापा था; DATABASE_URL केवल PostgreSQL के बैकअप के लिए रखें।',
  },
  RESTORE_KEYS: {
    cause: 'जिन कुंजियों से ये खाते हस्ताक्षरित हुए वे {file} में नहीं हैं।',
    next: 'वह फ़ाइल वापस रखें, या फ़ाइल न हो तो MUNIM_BACKUP_PASSPHRASE में बैकअप का गुप्त वाक्य दें।',
  },
  RESTORE_NOT_EMPTY: {
    cause: 'जिस डेटाबेस में लौटाना है वह खाली नहीं है।',
    next: 'नया खाली डेटाबेस बनाकर DATABASE_URL से बताएँ; कुछ बदला नहीं गया।',
  },
  RESTORE_UNSOUND: {
    cause: 'बैकअप से जो लौटा वह ठीक नहीं है: {detail}।',
    next: 'चालू खातों को छुआ नहीं गया। दूसरा बैकअप लें; PostgreSQL के लिए नया डेटाबेस बनाएँ।',
  },
  ENGINE_MIGRATION_FAILED: {
    cause: 'खाते इस संस्करण के रूप में नहीं लाए जा सके: {detail}।',
    next: 'खाते जैसे थे वैसे ही हैं। पुराना संस्करण रखें और सहायता को बताएँ।',
  },
  ENGINE_RESTARTING: { cause: 'खाता-प्रोग्राम फिर से चल रहा है।', next: 'कुछ सेकंड रुकें; आपका सहेजा हुआ सुरक्षित है।' },
  ...backupErrorsHi,
  ...certificateErrorsHi,
  ...connectionErrorsHi,
  ...connectorErrorsHi,
  AUTH_REQUIRED: { cause: 'आपने साइन इन नहीं किया है।', next: 'साइन इन करके फिर कोशिश करें।' },
  AUTH_BAD_CREDENTIALS: {
    cause: 'ई-मेल या पासवर्ड सही नहीं है।',
    next: 'फिर से लिखें। कई ग़लत कोशिशों के बाद खाता कुछ देर रुक जाता है।',
  },
  AUTH_OFFLINE_UNKNOWN: {
    cause: 'इस व्यक्ति ने इस डेस्क के जुड़े रहते कभी साइन इन नहीं किया।',
    next: 'डेस्क को एक बार जोड़कर साइन इन करें; उसके बाद बिना नेटवर्क भी चलता है।',
  },
  AUTH_FORBIDDEN: { cause: 'आपकी भूमिका ({role}) यह नहीं कर सकती।', next: 'जिसका यह काम है, उससे कहें।' },
  COLLEGE_INACTIVE: {
    cause: 'यह कॉलेज काम से हटा दिया गया है।',
    next: 'इसके खाते पढ़े जा सकते हैं। कुछ दर्ज करना हो तो मुख्य लेखाकार से फिर खुलवाएँ।',
  },
  AUTH_ACTOR_NOT_ON_DEVICE: {
    cause: 'जिस डेस्क ने प्रविष्टि भेजी, उस पर इस व्यक्ति ने साइन इन नहीं किया है।',
    next: 'डेस्क के जुड़े रहते उस पर साइन इन करें, फिर भेजें।',
  },
  AUTH_DEVICE_UNKNOWN: {
    cause: 'सर्वर इस डेस्क को नहीं जानता।',
    next: 'नए कोड से डेस्क फिर पंजीकृत करें; यहाँ रखी प्रविष्टियाँ उसके बाद जाती हैं।',
  },
  AUTH_DEVICE_REVOKED: {
    cause: 'आईटी एडमिन ने इस डेस्क को काम से हटा दिया है।',
    next: 'आईटी एडमिन से फिर पंजीकृत कराएँ; यहाँ रखी प्रविष्टियाँ उसके बाद जाती हैं।',
  },
  AUTH_BAD_SIGNATURE: {
    cause: 'इस डेस्क के हस्ताक्षर उसके भेजे से मेल नहीं खाते।',
    next: 'डेस्क फिर पंजीकृत करें। दोबारा हो तो आईटी एडमिन को बताएँ: शायद किसी ने इसकी फ़ाइलें नक़ल की हैं।',
  },
  ENROL_CODE_INVALID: {
    cause: 'यह पंजीकरण कोड ग़लत है, इस्तेमाल हो चुका है या पुराना है।',
    next: 'आईटी एडमिन से नया कोड माँगें।',
  },
  KEYCHAIN_UNAVAILABLE: {
    cause: 'इस पीसी का कुंजी-भंडार काम नहीं कर रहा ({reason})।',
    next: 'उसे खोलें (पीसी में साइन इन करें), फिर कोशिश करें।',
  },
  KEYCHAIN_KEY_LOST: {
    cause: 'इस डेस्क की कुंजी पीसी के कुंजी-भंडार में नहीं रही।',
    next: 'नए कोड से डेस्क फिर पंजीकृत करें। खाते और रुकी प्रविष्टियाँ बनी रहती हैं।',
  },
  COMMAND_UNKNOWN: {
    cause: 'सर्वर अभी "{name}" क़दम नहीं जानता।',
    next: 'वह रखा है और सर्वर अपडेट होने पर हो जाएगा।',
  },
  COMMAND_STALE: { cause: 'आपके खोलने के बाद किसी ने यह {what} बदल दिया।', next: 'नई स्थिति देखकर फिर निर्णय लें।' },
  COMMAND_CONFLICT: {
    cause: 'इस बीच किसी और ने वही खाना ({fields}) बदल दिया।',
    next: 'दोनों मान मिलाएँ और सही वाला रखें।',
  },
  COMMAND_DEPENDS: {
    cause: 'इसी दस्तावेज़ की पिछली प्रविष्टि अस्वीकार हुई थी।',
    next: 'पहले उसे "ध्यान चाहिए" में निपटाएँ।',
  },
  COMMAND_WITHDRAWN: {
    cause: 'यह प्रविष्टि सर्वर को बैकअप से लौटाने से पहले ही अस्वीकार हो चुकी थी।',
    next: 'कुछ करना नहीं है: वह निपट चुकी है या "ध्यान चाहिए" में है।',
  },
  EXPENSE_WRONG_STATE: {
    cause: 'यह ख़र्च {status} है; "{action}" अभी संभव नहीं।',
    next: 'फिर खोलकर देखें कि क्या हो सकता है।',
  },
  PAYMENT_HELD_ELSEWHERE: {
    cause: 'इस ख़र्च का भुगतान किसी और डेस्क पर {person} के पास है, या इस डेस्क से ले लिया गया।',
    next: 'इसे न चुकाएँ। {person} से पूछें, या प्राचार्य से भुगतान वापस लिवाएँ।',
  },
  EXPENSE_AMOUNT_INVALID: { cause: 'राशि शून्य से अधिक होनी चाहिए।', next: 'बिल की राशि लिखें।' },
  EXPENSE_TAX_MISMATCH: {
    cause: 'इस बिल का जीएसटी नहीं मिलता: {reason}।',
    next: 'कर योग्य मूल्य, CGST, SGST और IGST बिल से मिलाएँ।',
  },
  EXPENSE_TDS_INVALID: { cause: 'टीडीएस कर योग्य मूल्य से अधिक है।', next: 'टीडीएस की राशि ठीक करें।' },
  EXPENSE_DATE_INVALID: { cause: 'बिल की तारीख़ {date} सही नहीं हो सकती: {reason}।', next: 'बिल पर छपी तारीख़ लिखें।' },
  PAYMENT_DATE_INVALID: {
    cause: 'भुगतान की तारीख़ {date} सही नहीं हो सकती: {reason}।',
    next: 'वह दिन लिखें जब बैंक या नक़द से भुगतान हुआ।',
  },
  PAYMENT_ACCOUNT_INVALID: {
    cause: 'खाता {glCode} चालू बैंक या नक़द खाता नहीं है।',
    next: 'वह बैंक या नक़द खाता चुनें जिससे भुगतान हुआ।',
  },
  REVERSAL_DATE_INVALID: {
    cause: 'वापसी प्रविष्टि की तारीख़ {date} सही नहीं हो सकती: {reason}।',
    next: 'मूल प्रविष्टि की तारीख़ से आज तक का कोई दिन चुनें।',
  },
  EXPENSE_DUPLICATE_BILL: {
    cause: 'इस विक्रेता का बिल {billNo} पहले से {reference} के रूप में दर्ज है।',
    next: 'उसे खोलें; सच में दूसरा बिल हो तो बिल संख्या ठीक करें।',
  },
  EXPENSE_RECEIPT_REQUIRED: {
    cause: 'इस मद के बिलों में {threshold} से ऊपर रसीद ज़रूरी है।',
    next: 'बिल की फ़ोटो या PDF लगाएँ।',
  },
  EXPENSE_FIELD_REQUIRED: { cause: 'खाना "{field}" ख़ाली है।', next: 'उसे भरें।' },
  BUDGET_INSUFFICIENT: {
    cause: '{category} के बजट में {available} बचे हैं; इसके लिए {required} चाहिए।',
    next: 'राशि घटाएँ, या प्राचार्य से कारण सहित बजट से ऊपर की स्वीकृति माँगें।',
  },
  BUDGET_BELOW_USE: {
    cause: 'बजट पहले से ख़र्च और आरक्षित ({used}) से कम नहीं रखा जा सकता।',
    next: 'बड़ी राशि चुनें।',
  },
  APPROVAL_OWN: { cause: 'यह ख़र्च आपने ही दर्ज किया है।', next: 'निर्णय किसी दूसरे व्यक्ति को लेना होगा।' },
  APPROVAL_DECIDED: { cause: '{name} ने {at} को पहले ही निर्णय ले लिया: {decision}।', next: 'यहाँ अब कुछ बाक़ी नहीं।' },
  APPROVAL_REASON_REQUIRED: {
    cause: 'इस निर्णय के लिए कारण ज़रूरी है।',
    next: 'एक वाक्य लिखें; दूसरा पक्ष उसे पढ़ेगा।',
  },
  VENDOR_INVALID: {
    cause: 'विक्रेता का {field} सही नहीं है: {reason}।',
    next: 'विक्रेता के पत्र या चेक से मिलाकर ठीक करें।',
  },
  VENDOR_DUPLICATE: { cause: 'इस {field} वाला विक्रेता पहले से है: {name}।', next: 'उसी विक्रेता को चुनें।' },
  TALLY_UNREACHABLE: {
    cause: '{address} पर टैली का उत्तर नहीं मिला।',
    next: 'टैली खोलें, F1 > Settings > Connectivity में उसे सर्वर के रूप में चलने दें, और पता व पोर्ट मिलाएँ।',
  },
  TALLY_TIMEOUT: {
    cause: 'टैली ने समय पर उत्तर नहीं दिया।',
    next: 'देखें कि टैली कोई प्रश्न तो नहीं पूछ रहा, फिर भेजें; जो पहुँच चुका है वह दोबारा दर्ज नहीं होता।',
  },
  TALLY_NO_COMPANY: {
    cause: 'टैली में कंपनी "{company}" खुली नहीं है।',
    next: 'टैली में यह कंपनी खोलकर फिर कोशिश करें।',
  },
  TALLY_REFUSED: {
    cause: 'टैली ने नहीं लिया: {detail}।',
    next: 'टैली जिसका नाम लेता है वह टैली या मुनीम में ठीक करें और फिर भेजें।',
  },
  TALLY_INCOMPLETE: {
    cause: 'टैली ने {expected} में से {done} रिकॉर्ड लिए और कारण नहीं बताया।',
    next: 'फिर भेजें; जो वहाँ है वह दोबारा दर्ज नहीं होता। फिर कमी रहे तो टैली के डे बुक से मिलाएँ।',
  },
  TALLY_EMPTY_ANSWER: {
    cause: 'टैली ने ख़ाली उत्तर दिया।',
    next: 'देखें कि टैली कोई प्रश्न तो नहीं पूछ रहा और कंपनी खुली है, फिर कोशिश करें।',
  },
  TALLY_BAD_ANSWER: {
    cause: 'जिसने उत्तर दिया वह टैली नहीं लगता ({detail})।',
    next: 'पता और पोर्ट मिलाएँ; उस पोर्ट पर कोई और प्रोग्राम चल रहा हो सकता है।',
  },
  TALLY_XML_BROKEN: {
    cause: 'टैली का डेटा पंक्ति {line} पर ख़राब है: {detail}।',
    next: 'टैली से XML के रूप में फिर निर्यात करें और दोबारा कोशिश करें।',
  },
  TALLY_XML_UNSAFE: {
    cause: 'पंक्ति {line} पर ऐसी चीज़ है जो टैली कभी नहीं लिखता: {detail}।',
    next: 'इस फ़ाइल का उपयोग न करें। भेजने वाले से टैली का नया निर्यात माँगें।',
  },
  TALLY_TOO_LARGE: {
    cause: 'टैली का डेटा {limitMiB} MiB से बड़ा है।',
    next: 'इसे छोटी अवधियों में निर्यात करें, जैसे महीने-महीने।',
  },
  SYNC_OFFLINE: { cause: 'सर्वर तक पहुँच नहीं है।', next: 'काम करते रहें; सब यहीं रुका है और अपने आप भेजा जाएगा।' },
  SYNC_BAD_ANSWER: {
    cause: 'जिसने उत्तर दिया वह मुनीम सर्वर नहीं है ({detail})।',
    next: 'नेटवर्क (होटल या कैंपस का साइन-इन पन्ना?) और सर्वर का पता जाँचें।',
  },
  SYNC_BAD_CERTIFICATE: {
    cause: 'सर्वर के प्रमाणपत्र पर भरोसा नहीं है ({detail})।',
    next: 'आगे न बढ़ें। आईटी एडमिन से सही पता या प्रमाणपत्र लें।',
  },
  SYNC_SEQUENCE_GAP: {
    cause: 'सर्वर के पास इस डेस्क की प्रविष्टि {expected} नहीं है।',
    next: 'डेस्क उसे अपने आप फिर भेजता है।',
  },
  SYNC_SAME_ID_OTHER_CONTENT: {
    cause: 'प्रविष्टि {id} पहले दूसरी सामग्री के साथ भेजी गई थी।',
    next: 'आईटी एडमिन को बताएँ: शायद इस डेस्क के खाते पुरानी नक़ल से लौटाए गए हैं।',
  },
  SYNC_CURSOR_LOST: {
    cause: 'इस डेस्क ने सर्वर के आज के खातों से आगे तक पढ़ लिया है; सर्वर बैकअप से लौटाया गया है।',
    next: 'डेस्क खाते अपने-आप फिर से पढ़ता है; यहाँ रखी प्रविष्टियाँ उसके बाद भेजी जाती हैं।',
  },
  SYNC_CLOCK_AHEAD: {
    cause: 'इस डेस्क की घड़ी {minutes} मिनट आगे है।',
    next: 'पीसी की तारीख़ और समय (स्वचालित) ठीक करें, फिर भेजें।',
  },
  SYNC_CLOCK_BEHIND: {
    cause: 'इस डेस्क की घड़ी {minutes} मिनट पीछे है।',
    next: 'पीसी की तारीख़ और समय (स्वचालित) ठीक करें, फिर जोड़ें।',
  },
  SYNC_TOO_LARGE: {
    cause: 'एक संदेश सर्वर की सीमा से बड़ा था।',
    next: 'डेस्क उसे अपने आप छोटे हिस्सों में भेजता है।',
  },
  SYNC_ROW_MISFIT: {
    cause: 'सर्वर ने ऐसी पंक्ति भेजी जो यह डेस्क नहीं रख सकता ({table})।',
    next: 'इस डेस्क पर मुनीम अपडेट करें।',
  },
  IMPORT_FILE_TOO_LARGE: {
    cause: 'फ़ाइल {sizeMiB} MiB की है; अधिकतम {limitMiB} MiB पढ़ी जा सकती है।',
    next: 'उसे छोटी वर्कबुक में बाँटें।',
  },
  IMPORT_ZIP_BOMB: {
    cause: 'वर्कबुक खुलकर असली से कहीं ज़्यादा बड़ी हो जाती है।',
    next: 'यह फ़ाइल काम में न लें। भेजने वाले से नई फ़ाइल माँगें।',
  },
  IMPORT_CORRUPT: {
    cause: 'फ़ाइल ख़राब है या वर्कबुक नहीं है।',
    next: 'एक्सेल में खोलकर .xlsx के रूप में फिर सहेजें और दोबारा कोशिश करें।',
  },
  IMPORT_ENCRYPTED: { cause: 'वर्कबुक पर पासवर्ड लगा है।', next: 'एक्सेल में पासवर्ड हटाकर फिर सहेजें।' },
  IMPORT_OLD_XLS: {
    cause: 'यह एक्सेल 95 या उससे पहले की वर्कबुक है।',
    next: 'एक्सेल में .xlsx या .csv के रूप में सहेजें।',
  },
  IMPORT_TOO_MANY_ROWS: { cause: 'शीट में {limit} से अधिक पंक्तियाँ हैं।', next: 'उसे छोटी शीटों में बाँटें।' },
  IMPORT_NO_HEADER: {
    cause: 'स्तंभों के नाम वाली कोई पंक्ति नहीं मिली।',
    next: 'शीर्ष पंक्ति ख़ुद चुनें, या शीट में जोड़ें।',
  },
  IMPORT_MAPPING_INCOMPLETE: { cause: 'इनके लिए कोई स्तंभ नहीं चुना गया: {fields}।', next: 'स्तंभ चुनकर आगे बढ़ें।' },
  EXPORT_AMOUNT_TOO_LARGE: {
    cause: 'राशि {amount} में उतने अंक हैं जितने वर्कबुक ठीक-ठीक नहीं रखती।',
    next: '.csv में निर्यात करें, उसमें हर अंक बना रहता है।',
  },
  EXPORT_TOO_MANY_ROWS: {
    cause: 'एक शीट में अधिकतम {limit} पंक्तियाँ आती हैं।',
    next: '.csv में निर्यात करें, या छननी से सूची छोटी करें।',
  },
  REPORT_TOTALS_DISAGREE: {
    cause: 'रिपोर्ट में "{label}" के स्तंभ "{column}" में {stated} है, पर उसकी पंक्तियों का योग {made} है।',
    next: 'कुछ नहीं लिखा गया। रिपोर्ट फिर खोलें; फिर भी ऐसा हो तो सहायता को संदर्भ बताएँ।',
  },
  REPORT_TOO_LONG: {
    cause: 'इस रिपोर्ट में {count} प्रविष्टियाँ हैं; स्क्रीन एक बार में अधिकतम {limit} दिखाती है।',
    next: 'छोटी अवधि चुनें, या निर्यात करें।',
  },
  EXPORT_FAILED: {
    cause: 'फ़ाइल लिखी नहीं जा सकी: {detail}।',
    next: 'दूसरा फ़ोल्डर चुनें या जगह ख़ाली करें।',
  },
  RECEIPT_TYPE: { cause: 'रसीद PDF, JPEG, PNG या WebP हो सकती है।', next: 'बिल की फ़ोटो या स्कैन फिर लें।' },
  RECEIPT_TOO_LARGE: {
    cause: 'रसीद {sizeMiB} MiB की है; {limitMiB} MiB तक हो सकती है।',
    next: 'कम रिज़ॉल्यूशन पर स्कैन करें।',
  },
  RECEIPT_PDF_DAMAGED: {
    cause: 'यह PDF ख़राब है और दिखाई नहीं जा सकती।',
    next: 'प्रति सहेजकर दूसरे प्रोग्राम में खोलें; वहाँ भी न खुले तो बिल फिर माँगें।',
  },
  RECEIPT_PDF_LOCKED: {
    cause: 'इस PDF पर पासवर्ड लगा है, यहाँ नहीं दिखाई जा सकती।',
    next: 'प्रति सहेजकर पासवर्ड से खोलें, या बिना पासवर्ड वाली लगाएँ।',
  },
};
