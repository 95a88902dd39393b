/** Signs with the Ed25519 key of this desk, which never leaves the process that holds the keychain. */
export interface Signer {
  /** @returns the 64 bytes of the signature. @throws MunimError KEYCHAIN_KEY_LOST, KEYCHAIN_UNAVAILABLE */
  sign(bytes: Uint8Array): Promise<Uint8Array>;
}
