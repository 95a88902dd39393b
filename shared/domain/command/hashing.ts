/** What the domain needs of a digest: SHA-256 of text (UTF-8) or bytes. Every `Digest` port fits; the domain itself imports no port. */
export interface Hashing {
  sha256(data: string | Uint8Array): Uint8Array;
}
