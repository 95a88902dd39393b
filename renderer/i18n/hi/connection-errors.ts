/** The errors about the vault and the connections in Hindi; the English original stands in shared/kernel/connection-errors.ts. */
export const connectionErrorsHi = {
  VAULT_DAMAGED: {
    cause: 'इस डेस्क के गुप्त मानों की फ़ाइल ख़राब है।',
    next: 'उसे छेड़ा नहीं गया। नए कोड से डेस्क का फिर से नामांकन करें; ख़राब फ़ाइल नई के पास रखी रहती है। बहियाँ वैसी ही रहती हैं।',
  },
  VAULT_FULL: {
    cause: 'गुप्त मान रखने के लिए बहुत लंबा है ({sizeKiB} KiB)।',
    next: 'देखें कि सही फ़ाइल या पाठ चुना गया है।',
  },
  SECRET_PROMPT_UNAVAILABLE: {
    cause: 'यह डेस्क यहाँ गुप्त मान नहीं पूछ सकता: इसे टर्मिनल से नहीं चलाया गया।',
    next: 'डेस्क को टर्मिनल से चलाएँ, या स्थापित मुनीम का उपयोग करें।',
  },
  SECRET_PROMPT_BUSY: {
    cause: 'गुप्त मान पूछने वाली खिड़की पहले से खुली है।',
    next: 'उसे पूरा या बंद करें, फिर दोबारा प्रयास करें।',
  },
  CONNECTIONS_DAMAGED: {
    cause: 'इस डेस्क के कनेक्शनों की फ़ाइल ख़राब है।',
    next: 'उसे छेड़ा नहीं गया। अपने IT एडमिन से कहें कि connections.json की कॉपी वापस रखें, या उसे हटाकर कनेक्शन फिर से बनाएँ।',
  },
  CONNECTION_UNKNOWN_KIND: {
    cause: 'मुनीम का यह संस्करण “{connector}” कनेक्टर को नहीं जानता।',
    next: 'इस डेस्क पर मुनीम को अद्यतन करें।',
  },
  CONNECTION_SETTING_INVALID: {
    cause: '“{setting}” का मान अपेक्षित रूप में नहीं है।',
    next: 'बैंक के पत्र से मिलाएँ और सुधारें।',
  },
  CONNECTION_ADDRESS_INVALID: {
    cause: 'पता https:// से शुरू हो और सर्वर का नाम बताए, बिना उपयोगकर्ता नाम या पैरामीटर के।',
    next: 'जैसा बैंक ने दिया वैसा लिखें।',
  },
  CONNECTION_NO_SANDBOX: {
    cause: '{connector} का कोई सैंडबॉक्स नहीं है।',
    next: 'असली पता, या अपना कोई पता चुनें।',
  },
  CONNECTION_DUPLICATE: {
    cause: 'बैंक खाते {account} का कनेक्शन पहले से है।',
    next: 'उसी को बदलें, या पहले उसे हटाएँ।',
  },
  CONNECTION_TOO_MANY: {
    cause: 'एक डेस्क अधिक से अधिक {limit} कनेक्शन रखता है।',
    next: 'जो अब काम का नहीं उसे हटाएँ।',
  },
  CONNECTION_NO_SECRETS: {
    cause: '{connector} को किसी गुप्त मान की ज़रूरत नहीं।',
    next: 'कुछ करना नहीं है।',
  },
  CONNECTION_NO_CERTIFICATE: {
    cause: '{connector} आपका कोई प्रमाणपत्र नहीं माँगता।',
    next: 'कुछ करना नहीं है।',
  },
  CONNECTION_INCOMPLETE: {
    cause: 'कनेक्शन अभी पूरा नहीं है: {fields} बाकी है।',
    next: '“बैंक कनेक्शन” में पूरा करें, फिर जाँचें।',
  },
  CONNECTION_LOST: {
    cause: 'इस कनेक्शन के गुप्त मान अब पढ़े नहीं जा सकते: उन्हें बंद करने वाली इस पीसी की कुंजी नहीं रही।',
    next: 'गुप्त मान फिर से भरें और प्रमाणपत्र फिर से लाएँ। बहियाँ वैसी ही रहती हैं।',
  },
  CONNECTION_CANNOT_TEST: {
    cause: '{connector} ऐसे किसी प्रश्न का उत्तर नहीं देता जिससे जाँच हो सके।',
    next: 'पहले भुगतान या विवरण से पता चलेगा कि वह चलता है।',
  },
} as const;
