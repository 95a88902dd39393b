/** One block of a PEM file, as it stands there. */
export interface PemBlock {
  readonly label: string;
  readonly text: string;
  /** Whether a passphrase is needed: PKCS#8 says so in its label, the older forms in a header. */
  readonly isEncrypted: boolean;
}

const BLOCK = /-----BEGIN ([A-Z0-9 ]{1,40})-----[\s\S]*?-----END \1-----/g;

/** The blocks of a PEM file, whatever stands between them. */
export function pemBlocks(text: string): PemBlock[] {
  return [...text.matchAll(BLOCK)].map(([block, label = '']) => ({
    label,
    text: `${block.replaceAll('\r\n', '\n')}\n`,
    isEncrypted: label.startsWith('ENCRYPTED') || /^Proc-Type:\s*4,\s*ENCRYPTED/m.test(block),
  }));
}

export const isPem = (bytes: Uint8Array): boolean => Buffer.from(bytes).toString('latin1').includes('-----BEGIN ');

/** Bytes in DER as one block of PEM. */
export function pemOf(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}
