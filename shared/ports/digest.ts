/** SHA-256 of text (UTF-8) or bytes. A port, because the domain runs where `node:crypto` does not. */
export interface Digest {
  sha256(data: string | Uint8Array): Uint8Array;
}
