/** Just enough of DER (X.690) to write certificates and key files for tests. */
export type Der = Uint8Array;

export function der(tag: number, ...parts: readonly Uint8Array[]): Der {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  const head = length < 128 ? [tag, length] : [tag, 0x80 | bytes.length, ...bytes];
  return new Uint8Array(Buffer.concat([Uint8Array.from(head), ...parts]));
}

export const sequence = (...parts: readonly Der[]): Der => der(0x30, ...parts);
export const setOf = (...parts: readonly Der[]): Der => der(0x31, ...parts);
export const octets = (bytes: Uint8Array): Der => der(0x04, bytes);
export const bitString = (bytes: Uint8Array, unusedBits = 0): Der => der(0x03, Uint8Array.of(unusedBits), bytes);
export const utf8 = (text: string): Der => der(0x0c, Buffer.from(text, 'utf8'));
export const bmpString = (text: string): Der => der(0x1e, Buffer.from(text, 'utf16le').swap16());
export const truth = (): Der => der(0x01, Uint8Array.of(0xff));
export const nothing = (): Der => der(0x05);
/** `[n]` that wraps what stands in it. */
export const explicit = (n: number, ...parts: readonly Der[]): Der => der(0xa0 | n, ...parts);

/** A whole number that is not below zero. */
export function integer(value: number | Uint8Array): Der {
  if (typeof value !== 'number') {
    const from = value.findIndex((byte) => byte !== 0);
    const bare = from === -1 ? Uint8Array.of(0) : value.subarray(from);
    return (bare[0] ?? 0) >= 0x80 ? der(0x02, Uint8Array.of(0), bare) : der(0x02, bare);
  }
  const hex = value.toString(16);
  return integer(new Uint8Array(Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')));
}

export function oid(text: string): Der {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  const bytes = [first * 40 + second];
  for (const part of others) {
    const septets = [part % 128];
    for (let rest = Math.floor(part / 128); rest > 0; rest = Math.floor(rest / 128))
      septets.unshift((rest % 128) | 0x80);
    bytes.push(...septets);
  }
  return der(0x06, Uint8Array.from(bytes));
}

/** Years after 2049 have another form than those before. */
export function time(at: number): Der {
  const digits = new Date(at).toISOString().replace(/[-:T]|\.\d+/g, '');
  return digits < '2050' ? der(0x17, Buffer.from(digits.slice(2))) : der(0x18, Buffer.from(digits));
}

export const pem = (label: string, bytes: Uint8Array): string => {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
};
