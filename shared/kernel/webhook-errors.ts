/** The part of the catalogue of errors about messages that banks and gateways send to the server. */
export const webhookErrors = {
  WEBHOOK_UNREADABLE: {
    cause: 'The message is signed rightly but cannot be read.',
    next: 'Ask the payment for its state. When Munim was updated, try the message again.',
  },
  WEBHOOK_NO_ORDER: {
    cause: 'The message is about a payment that is not in the books.',
    next: 'Try it again when the desk that paid has synced. If it stays, ask the bank what was paid.',
  },
} as const;
