/** Something that must not be found, under a name that may be. */
export interface Planted {
  readonly name: string;
  readonly value: string | Uint8Array;
  /** Whether its halves count too. Not of a key as a whole, half of which is what all keys begin with, or its public part. */
  readonly halves?: boolean;
}

export interface Found {
  readonly name: string;
  /** In which form: `first half, base64`. */
  readonly form: string;
  readonly at: number;
}

/** Shorter pieces are found by chance. */
const PIECE_MIN = 12;
const WHOLE_MIN = 8;

interface Needle {
  readonly bytes: Buffer;
  readonly name: string;
  readonly form: string;
}

/**
 * Looks for many secrets at once in whatever bytes: raw, backwards, by halves, and each of these as base64 at any of its three alignments, base64url,
 * hex, percent-encoded, as it stands in JSON, in XML and in UTF-16.
 */
export class SecretSearch {
  /** By their first four bytes, with a bitmap before it, since nearly no place is one. */
  readonly #needles = new Map<number, Needle[]>();
  readonly #mayBegin = new Uint8Array(1 << 16);
  readonly size: number;

  constructor(planted: readonly Planted[]) {
    const known = new Set<string>();
    for (const needle of planted.flatMap(needlesOf)) {
      const key = `${needle.name} ${needle.bytes.toString('latin1')}`;
      if (known.has(key)) continue;
      known.add(key);
      const head = needle.bytes.readUInt32LE(0);
      this.#needles.set(head, [...(this.#needles.get(head) ?? []), needle]);
      this.#mayBegin[hashed(head)] = 1;
    }
    this.size = known.size;
  }

  /** Each secret once a form, at its first place. */
  find(bytes: Uint8Array): readonly Found[] {
    const found = new Map<string, Found>();
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let head = 0;
    for (let end = 0; end < text.length; end += 1) {
      // The last four bytes as readUInt32LE has them.
      head = (head >>> 8) | ((text[end] ?? 0) << 24);
      if (end < 3 || this.#mayBegin[hashed(head)] === 0) continue;
      const at = end - 3;
      for (const { bytes: wanted, name, form } of this.#needles.get(head >>> 0) ?? []) {
        if (text.length - at < wanted.length || text.compare(wanted, 0, wanted.length, at, at + wanted.length) !== 0)
          continue;
        const key = `${name}, ${form}`;
        if (!found.has(key)) found.set(key, { name, form, at });
      }
    }
    return [...found.values()];
  }
}

const hashed = (head: number): number => Math.imul(head, 0x9e37_79b1) >>> 16;

function needlesOf({ name, value, halves = true }: Planted): Needle[] {
  const isText = typeof value === 'string';
  const whole = Buffer.from(value as string);
  if (whole.length < WHOLE_MIN) throw new Error(`${name} is too short to be looked for`);
  const pieces: [string, Buffer][] = [['whole', whole]];
  const middle = Math.floor(whole.length / 2);
  if (halves && middle >= PIECE_MIN) {
    pieces.push(['first half', whole.subarray(0, middle)], ['second half', whole.subarray(middle)]);
  }
  for (const [form, bytes] of [...pieces]) pieces.push([`${form} backwards`, Buffer.from(bytes).reverse()]);
  return pieces.flatMap(([piece, bytes]) =>
    [...forms(bytes, isText)]
      .filter((form) => form[1].length >= WHOLE_MIN)
      .map(([form, made]) => ({ name, form: `${piece}, ${form}`, bytes: made })),
  );
}

function* forms(bytes: Buffer, isText: boolean): Generator<readonly [string, Buffer]> {
  yield ['raw', bytes];
  yield ['hex', Buffer.from(bytes.toString('hex'))];
  yield ['HEX', Buffer.from(bytes.toString('hex').toUpperCase())];
  for (const shift of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    // The signs at both ends have bits of the neighbours in them.
    const firm = text.slice(shift === 0 ? 0 : shift + 1, (bytes.length + shift) % 3 === 0 ? undefined : -1);
    yield ['base64', Buffer.from(firm)];
    yield ['base64url', Buffer.from(firm.replaceAll('+', '-').replaceAll('/', '_'))];
  }
  if (!isText) return;
  const text = bytes.toString();
  yield ['percent-encoded', Buffer.from(encodeURIComponent(text))];
  yield ['form-encoded', Buffer.from(new URLSearchParams([['', text]]).toString().slice(1))];
  const json = JSON.stringify(text).slice(1, -1);
  yield ['JSON', Buffer.from(json)];
  // As text in JSON in JSON: what an error says of a body.
  yield ['JSON in JSON', Buffer.from(JSON.stringify(json).slice(1, -1))];
  yield ['XML', Buffer.from(text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'))];
  yield ['UTF-16LE', Buffer.from(text, 'utf16le')];
  yield ['UTF-16BE', Buffer.from(text, 'utf16le').swap16()];
}
