/** The part of the catalogue of errors about client certificates and the files they come in. */
export const certificateErrors = {
  CERTIFICATE_FILE_TOO_LARGE: {
    cause: 'The file has {sizeKiB} KiB; a certificate or key has at most {limitKiB} KiB.',
    next: 'Choose the certificate file itself, not an archive that holds it.',
  },
  CERTIFICATE_FILE_UNREADABLE: {
    cause: 'The file could not be read ({reason}).',
    next: 'Copy it to this PC and choose it again.',
  },
  CERTIFICATE_UNKNOWN_FORM: {
    cause: 'The file holds neither a certificate in PEM form nor a PKCS#12 bundle (.p12, .pfx).',
    next: 'Ask the bank or whoever made the certificate for it in one of these forms.',
  },
  CERTIFICATE_DAMAGED: {
    cause: 'A certificate in the file cannot be read; the file is damaged or incomplete.',
    next: 'Copy the file again from where it came and choose it once more.',
  },
  CERTIFICATE_NOT_IN_FILE: {
    cause: 'There is a key in what you chose, but no certificate.',
    next: 'Choose the certificate file together with the key file.',
  },
  CERTIFICATE_KEY_NOT_IN_FILE: {
    cause: 'There is a certificate in what you chose, but no private key.',
    next: 'Choose the key file together with the certificate file, or a .p12 file that holds both.',
  },
  CERTIFICATE_KEY_DAMAGED: {
    cause: 'The private key in the file cannot be read; it is damaged or of a kind that Munim does not know.',
    next: 'Export the key again in PKCS#8 form, or choose a .p12 file.',
  },
  CERTIFICATE_SEVERAL_KEYS: {
    cause: 'What you chose holds more than one private key.',
    next: 'Choose only the key that belongs to this certificate.',
  },
  CERTIFICATE_PASSPHRASE_WRONG: {
    cause: 'This passphrase does not open the file.',
    next: 'Type the passphrase that was set when the file was exported; capital letters and spaces count.',
  },
  CERTIFICATE_BUNDLE_UNSUPPORTED: {
    cause: 'The bundle is locked in a way that Munim cannot open.',
    next: 'Export it again as PKCS#12 with AES encryption, or as PEM files.',
  },
  CERTIFICATE_BUNDLE_TOO_SLOW: {
    cause: 'Opening the bundle takes longer than a real one ever would.',
    next: 'Do not use this file. Ask for a fresh export.',
  },
  CERTIFICATE_KEY_MISMATCH: {
    cause: 'The private key does not belong to this certificate.',
    next: 'Choose the key that was made together with the request for this certificate.',
  },
  CERTIFICATE_KEY_WEAK: {
    cause: 'The key is too weak: {found}.',
    next: 'Ask for a certificate with an RSA key of 2,048 bits or more, or an elliptic key on P-256, P-384 or P-521.',
  },
  CERTIFICATE_IS_AUTHORITY: {
    cause: 'The certificate is that of an authority, not one that a desk can show to a bank.',
    next: 'Choose the certificate that was issued to the college.',
  },
  CERTIFICATE_NOT_FOR_CLIENTS: {
    cause: 'The certificate was not issued for signing in as a client.',
    next: 'Ask for one with the extended key usage “client authentication”.',
  },
  CERTIFICATE_NOT_YET_VALID: {
    cause: 'The certificate {subject} is valid only from {from}.',
    next: 'Check date and time of this PC; if they are right, use the certificate from that day on.',
  },
  CERTIFICATE_EXPIRED: {
    cause: 'The certificate {subject} expired on {until}.',
    next: 'Ask the bank for a new certificate and replace it under Bank connections.',
  },
  CERTIFICATE_CHAIN_TOO_LONG: {
    cause: 'The file holds {count} certificates; a chain has at most {limit}.',
    next: 'Choose a file with this certificate and those of its issuers only.',
  },
  CERTIFICATE_CHAIN_BROKEN: {
    cause: 'The certificate {subject} in the file was not issued for the chain of this one.',
    next: 'Choose a file with this certificate and those of its issuers only.',
  },
  CERTIFICATE_NO_AUTHORITY: {
    cause: 'The file holds no certificate of an authority.',
    next: 'Choose the CA certificate of the other side, in PEM form.',
  },
} as const;
