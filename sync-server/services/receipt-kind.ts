/** First bytes of what a receipt may be: PDF, JPEG, PNG, and WebP inside RIFF. The name a desk gives it proves nothing. */
const starts: readonly (readonly [number, readonly number[]])[] = [
  [0, [0x25, 0x50, 0x44, 0x46, 0x2d]],
  [0, [0xff, 0xd8, 0xff]],
  [0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  [8, [0x57, 0x45, 0x42, 0x50]],
];

export const isReceipt = (bytes: Uint8Array): boolean =>
  starts.some(([offset, start]) => start.every((byte, index) => bytes[offset + index] === byte));
