import { expect, test } from 'vitest';
import { amountInWords } from './words.ts';

test.each([
  [0n, 'Rupees zero only', 'शून्य रुपये मात्र'],
  [101n, 'Rupees one and one paise only', 'एक रुपये और एक पैसे मात्र'],
  [1_900n, 'Rupees nineteen only', 'उन्नीस रुपये मात्र'],
  [12_500_050n, 'Rupees one lakh twenty-five thousand and fifty paise only', 'एक लाख पच्चीस हज़ार रुपये और पचास पैसे मात्र'],
  [
    99_99_99_999_99n,
    'Rupees ninety-nine crore ninety-nine lakh ninety-nine thousand nine hundred ninety-nine and ninety-nine paise only',
    'निन्यानवे करोड़ निन्यानवे लाख निन्यानवे हज़ार नौ सौ निन्यानवे रुपये और निन्यानवे पैसे मात्र',
  ],
  [1_00_00_000_00n * 100_000n, 'Rupees one lakh crore only', 'एक लाख करोड़ रुपये मात्र'],
  [-500_00n, 'Minus rupees five hundred only', 'ऋण पाँच सौ रुपये मात्र'],
])('%s paise in words', (paise, en, hi) => {
  expect(amountInWords(paise, 'en')).toBe(en);
  expect(amountInWords(paise, 'hi')).toBe(hi);
});

test('every number up to 999 has its own words in both languages', () => {
  for (const language of ['en', 'hi'] as const) {
    const seen = new Set<string>();
    for (let rupees = 0n; rupees < 1_000n; rupees++) seen.add(amountInWords(rupees * 100n, language));
    expect(seen.size).toBe(1_000);
  }
});
