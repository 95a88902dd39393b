/** Of the messages that banks and gateways send to the server. */
export const webhookErrorsHi = {
  WEBHOOK_UNREADABLE: {
    cause: 'संदेश के हस्ताक्षर सही हैं पर वह पढ़ा नहीं जा सका।',
    next: 'भुगतान की स्थिति पूछें। मुनीम अपडेट होने के बाद संदेश फिर से चलाएँ।',
  },
  WEBHOOK_NO_ORDER: {
    cause: 'संदेश ऐसे भुगतान का है जो बही में नहीं है।',
    next: 'जिस डेस्क ने भुगतान किया उसके सिंक होने पर फिर से चलाएँ। तब भी न मिले तो बैंक से पूछें कि क्या चुकाया गया।',
  },
} as const;
