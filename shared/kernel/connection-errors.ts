/** The part of the catalogue of errors about the vault of this desk and the connections that are set up with it. */
export const connectionErrors = {
  VAULT_DAMAGED: {
    cause: 'The file with the secrets of this desk is damaged.',
    next: 'It was left as it is. Enrol the desk again with a new code; the damaged file is kept beside the new one. The books are not touched.',
  },
  VAULT_FULL: {
    cause: 'The secret is too long to be kept ({sizeKiB} KiB).',
    next: 'Check that the right file or text was chosen.',
  },
  SECRET_PROMPT_UNAVAILABLE: {
    cause: 'This desk cannot ask for secrets here: it was not started from a terminal.',
    next: 'Start the desk from a terminal, or use the installed Munim.',
  },
  SECRET_PROMPT_BUSY: {
    cause: 'The window that asks for secrets is open already.',
    next: 'Finish it or close it, then try again.',
  },
  CONNECTIONS_DAMAGED: {
    cause: 'The file with the connections of this desk is damaged.',
    next: 'It was left as it is. Ask your IT admin to put back connections.json from a copy, or to take it away and set the connections up again.',
  },
  CONNECTION_UNKNOWN_KIND: {
    cause: 'This version of Munim does not know the connector “{connector}”.',
    next: 'Update Munim on this desk.',
  },
  CONNECTION_SETTING_INVALID: {
    cause: 'The value of “{setting}” does not have the expected form.',
    next: 'Compare it with the letter of the bank and correct it.',
  },
  CONNECTION_ADDRESS_INVALID: {
    cause: 'The address must begin with https:// and name a server, without user name or parameters.',
    next: 'Type it as the bank gave it.',
  },
  CONNECTION_NO_SANDBOX: {
    cause: '{connector} has no sandbox.',
    next: 'Choose production, or an address of your own.',
  },
  CONNECTION_DUPLICATE: {
    cause: 'The bank account {account} already has a connection.',
    next: 'Change that one, or remove it first.',
  },
  CONNECTION_TOO_MANY: {
    cause: 'A desk keeps at most {limit} connections.',
    next: 'Remove one that is no longer used.',
  },
  CONNECTION_NO_SECRETS: {
    cause: '{connector} needs no secrets.',
    next: 'Nothing is to be done.',
  },
  CONNECTION_NO_CERTIFICATE: {
    cause: '{connector} asks for no certificate of yours.',
    next: 'Nothing is to be done.',
  },
  CONNECTION_INCOMPLETE: {
    cause: 'The connection is not yet set up. Still missing: {fields}.',
    next: 'Complete it under Bank connections, then test it.',
  },
  CONNECTION_LOST: {
    cause: 'The secrets of this connection can no longer be read: the key of the PC that locked them is gone.',
    next: 'Enter the secrets again and import the certificate again. The books are not touched.',
  },
  CONNECTION_CANNOT_TEST: {
    cause: '{connector} answers no question by which it could be tested.',
    next: 'It shows whether it works with the first payment or statement.',
  },
} as const;
