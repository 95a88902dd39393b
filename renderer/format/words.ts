import type { Paise } from '../../shared/kernel/money.ts';
import type { Language } from '../i18n/language.ts';

/** Amounts in words as written on cheques and vouchers in India: crore, lakh, thousand, hundred, and paise. */

const SCALES: readonly { readonly value: bigint; readonly en: string; readonly hi: string }[] = [
  { value: 10_000_000n, en: 'crore', hi: 'करोड़' },
  { value: 100_000n, en: 'lakh', hi: 'लाख' },
  { value: 1_000n, en: 'thousand', hi: 'हज़ार' },
  { value: 100n, en: 'hundred', hi: 'सौ' },
];

const EN_SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const EN_TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** Hindi has a word of its own for each number up to 99. */
const HI_SMALL = (
  'शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस ' +
  'बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस ' +
  'चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ ' +
  'साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उन्यासी ' +
  'अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे'
).split(' ');

function below100(value: number, language: Language): string {
  if (language === 'hi') return HI_SMALL[value] ?? '';
  if (value < 20) return EN_SMALL[value] ?? '';
  const ones = value % 10;
  const tens = EN_TENS[Math.floor(value / 10)] ?? '';
  return ones === 0 ? tens : `${tens}-${EN_SMALL[ones] ?? ''}`;
}

function wholeInWords(value: bigint, language: Language): string {
  if (value < 100n) return below100(Number(value), language);
  const parts: string[] = [];
  let rest = value;
  for (const scale of SCALES) {
    const count = rest / scale.value;
    if (count === 0n) continue;
    parts.push(`${wholeInWords(count, language)} ${scale[language]}`);
    rest %= scale.value;
  }
  if (rest > 0n) parts.push(below100(Number(rest), language));
  return parts.join(' ');
}

/** `12500050n` → `Rupees one lakh twenty-five thousand and fifty paise only`. */
export function amountInWords(paise: Paise, language: Language): string {
  const magnitude = paise < 0n ? -paise : paise;
  const rupees = wholeInWords(magnitude / 100n, language);
  const small = magnitude % 100n;
  if (language === 'hi') {
    const fraction = small === 0n ? '' : ` और ${wholeInWords(small, 'hi')} पैसे`;
    return `${paise < 0n ? 'ऋण ' : ''}${rupees} रुपये${fraction} मात्र`;
  }
  const fraction = small === 0n ? '' : ` and ${wholeInWords(small, 'en')} paise`;
  return `${paise < 0n ? 'Minus rupees' : 'Rupees'} ${rupees}${fraction} only`;
}
