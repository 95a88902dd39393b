declare global {
  // Chromium has these since version 140; the project's TypeScript library setting does not name them.
  interface Uint8Array {
    toBase64(): string;
  }
  interface Uint8ArrayConstructor {
    fromBase64(text: string): Uint8Array<ArrayBuffer>;
  }
}

export const toBase64 = (bytes: Uint8Array): string => bytes.toBase64();
export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.fromBase64(text);
