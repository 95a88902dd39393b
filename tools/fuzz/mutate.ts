import type { Seeded } from '../torture/seeded.ts';

/** No input grows beyond this; parsers have far higher limits, and time is better spent on many inputs. */
export const INPUT_BYTES_MAX = 256 * 1024;
const USUAL_BYTES_MAX = 8 * 1024;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What breaks readers: numbers at their edges, odd letters, the signs of the formats. */
const DICTIONARY: readonly Uint8Array[] = [
  ...[
    '0',
    '-0',
    '-1',
    '1e999',
    'NaN',
    '9'.repeat(18),
    '9'.repeat(40),
    '0.1.2',
    '.',
    ',',
    '1,2,3',
    '-',
    '+',
    '1,00,000.00',
  ],
  ...[
    '\0',
    '\ufeff',
    '\u202e',
    '\u200d',
    '\ud7ff',
    'क्षि',
    '\u{1f469}\u200d\u{1f393}',
    'İ',
    'ß',
    '\u0301',
    '१२३',
    '\u2028',
  ],
  ...[
    '<',
    '>',
    '&',
    '&amp;',
    '&#0;',
    '&#x110000;',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<!DOCTYPE x [',
    '<?',
    '/>',
    '</',
    '"',
    "'",
  ],
  ...[':20:', ':61:', ':86:', ':62F:', '{4:', '-}', '//', '?20', '\r\n', '\n', '\r', '\t', ';', '=', '="', '********'],
  ...['00/00/0000', '29/02/2026', '31/12/9999', '2026-02-30', '000000', '991332', 'INR', 'USD', 'Dr', 'Cr', 'C', 'D'],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty'],
].map(utf8);

/** A variant of one of the seeds, perhaps with a piece of another. */
export function mutated(seeds: readonly [Uint8Array, ...Uint8Array[]], random: Seeded): Uint8Array {
  let bytes: Uint8Array = random.pick(seeds);
  const rounds = 1 + random.between(0, 4) * random.between(0, 2);
  for (let round = 0; round < rounds; round += 1) bytes = mutatedOnce(bytes, seeds, random);
  return bytes.length <= INPUT_BYTES_MAX ? bytes : bytes.slice(0, INPUT_BYTES_MAX);
}

type Mutation = (bytes: Uint8Array, random: Seeded, seeds: readonly [Uint8Array, ...Uint8Array[]]) => Uint8Array;

const mutations: readonly [Mutation, ...Mutation[]] = [
  // A bit turned over.
  (bytes, random) => {
    const copy = bytes.slice();
    const at = random.between(0, Math.max(0, copy.length - 1));
    copy[at] = (copy[at] ?? 0) ^ (1 << random.between(0, 7));
    return copy;
  },
  // A byte of chance.
  (bytes, random) => {
    const copy = bytes.slice();
    copy[random.between(0, Math.max(0, copy.length - 1))] = random.between(0, 255);
    return copy;
  },
  // A sign exchanged for one that is in the text: keeps text a text.
  (bytes, random) => {
    const copy = bytes.slice();
    const [to, from] = [
      random.between(0, Math.max(0, copy.length - 1)),
      random.between(0, Math.max(0, copy.length - 1)),
    ];
    copy[to] = copy[from] ?? 0;
    return copy;
  },
  // Cut off.
  (bytes, random) => bytes.slice(0, random.between(0, bytes.length)),
  // A piece left out.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    return joined(bytes.subarray(0, from), bytes.subarray(to));
  },
  // A piece once more somewhere else.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    const at = random.between(0, bytes.length);
    return joined(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at));
  },
  // A piece many times, seldom very many.
  (bytes, random) => {
    const [from, to] = range(bytes, random);
    const piece = bytes.subarray(from, to);
    const room = random.between(0, 199) === 0 ? INPUT_BYTES_MAX : USUAL_BYTES_MAX;
    const times = Math.min(random.between(2, 20_000), Math.floor(room / Math.max(1, piece.length)));
    return joined(bytes.subarray(0, from), ...Array.from({ length: times }, () => piece), bytes.subarray(to));
  },
  // A piece of another seed.
  (bytes, random, seeds) => {
    const other = random.pick(seeds);
    const [from, to] = range(other, random);
    const [cut, end] = range(bytes, random);
    return joined(
      bytes.subarray(0, cut),
      other.subarray(from, to),
      bytes.subarray(random.between(0, 1) === 0 ? cut : end),
    );
  },
  // A word that is known to hurt.
  (bytes, random) => {
    const word = DICTIONARY[random.between(0, DICTIONARY.length - 1)] ?? utf8('0');
    const [from, to] = range(bytes, random);
    return joined(
      bytes.subarray(0, from),
      word,
      bytes.subarray(random.between(0, 1) === 0 ? from : Math.min(to, from + word.length)),
    );
  },
  // A number exchanged for another.
  (bytes, random) => {
    const at = random.between(0, bytes.length);
    const from = bytes.findIndex((byte, index) => index >= at && isDigit(byte));
    if (from === -1) return bytes;
    let to = from;
    while (isDigit(bytes[to] ?? 0)) to += 1;
    const digits = String(random.between(0, 9)).repeat(random.between(1, 30));
    return joined(bytes.subarray(0, from), utf8(digits), bytes.subarray(to));
  },
];

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

const mutatedOnce = (bytes: Uint8Array, seeds: readonly [Uint8Array, ...Uint8Array[]], random: Seeded): Uint8Array =>
  random.pick(mutations)(bytes, random, seeds);

/** A piece, mostly a short one. */
function range(bytes: Uint8Array, random: Seeded): readonly [number, number] {
  const from = random.between(0, bytes.length);
  const longest = random.between(0, 3) === 0 ? bytes.length : 40;
  return [from, Math.min(bytes.length, from + random.between(1, Math.max(1, longest)))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
