import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distances, nearFrom, nearWords } from './near-words.ts';

const letter = fc.constantFrom(...'abcdeगणेश');
const word = (minLength: number) => fc.array(letter, { minLength, maxLength: 12 });

/** One slip of a typist: a letter wrong, missing, too many, or exchanged with the next. */
const slip = (letters: readonly string[]) =>
  fc
    .record({ at: fc.nat(letters.length - 1), how: fc.constantFrom('wrong', 'missing', 'more', 'exchanged'), letter })
    .map(({ at, how, letter: other }) => {
      const typed = [...letters];
      if (how === 'wrong') typed[at] = other;
      if (how === 'missing') typed.splice(at, 1);
      if (how === 'more') typed.splice(at, 0, other);
      if (how === 'exchanged') typed.splice(at, 2, ...letters.slice(at, at + 2).reverse());
      return typed;
    });

/** By the definition, without a table: as slow as it is plain. */
function plainDistance(from: readonly string[], to: readonly string[]): number {
  const [a, b] = [from.at(-1), to.at(-1)];
  if (a === undefined || b === undefined) return from.length + to.length;
  const [head, other] = [from.slice(0, -1), to.slice(0, -1)];
  const ways = [
    plainDistance(head, to) + 1,
    plainDistance(from, other) + 1,
    plainDistance(head, other) + (a === b ? 0 : 1),
  ];
  if (a === to.at(-2) && from.at(-2) === b) ways.push(plainDistance(from.slice(0, -2), to.slice(0, -2)) + 1);
  return Math.min(...ways);
}

describe('words that are near', () => {
  test('the distance is the one of the definition, also to the best beginning', () => {
    const short = fc.array(letter, { maxLength: 5 });
    fc.assert(
      fc.property(short, short, fc.nat(5), (from, to, most) => {
        const beginnings = Array.from({ length: to.length + 1 }, (_, end) => plainDistance(from, to.slice(0, end)));
        const found = distances(from, to, most);
        // What is further than was asked for is only further.
        const known = (distance: number): number => Math.min(distance, most + 1);
        expect([known(found.whole), known(found.beginning)]).toEqual([
          known(plainDistance(from, to)),
          known(Math.min(...beginnings)),
        ]);
      }),
    );
  });

  test('a slip is forgiven, whatever other words there are, unless they are as near', () => {
    fc.assert(
      fc.property(
        word(4).chain((meant) => fc.tuple(fc.constant(meant), slip(meant))),
        fc.array(word(1), { maxLength: 30 }),
        ([meant, typed], others) => {
          fc.pre(typed.length >= nearFrom && typed.join('') !== meant.join(''));
          const vocabulary = [...others.map((letters) => letters.join('')), meant.join('')];
          const near = nearWords(typed.join(''), vocabulary);
          const isOneOff = (one: string): boolean => distances(typed, [...one], 2).whole === 1;
          expect(near.every((one) => isOneOff(one) && vocabulary.includes(one))).toBe(true);
          if (new Set(vocabulary.filter(isOneOff)).size <= 8 && vocabulary.length === new Set(vocabulary).size)
            expect(near).toContain(meant.join(''));
        },
      ),
    );
  });

  test('long words may be wrong twice, the beginning of one once, short ones not at all', () => {
    expect(nearWords('brahmputar', ['brahmaputra', 'brahmin'])).toEqual(['brahmaputra']);
    expect(nearWords('kulkrn', ['kulkarni', 'kulfi'])).toEqual(['kulkarni']);
    expect(nearWords('fee', ['fees', 'feed', 'fan', 'bee'])).toEqual(['fees', 'feed', 'bee']);
    expect(nearWords('fe', ['fees', 'fey'])).toEqual([]);
    expect(nearWords('paper', ['paper', 'pepper'])).toEqual([]);
  });
});
