import { addDays, type IsoDate } from '../kernel/dates.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Names and numbers as banks print them, all invented. */

const given =
  'RAHUL PRIYA ANIL SUNITA VIKRAM MEENA ARJUN KAVITA ROHAN DEEPA SANJAY NEHA MANOJ POOJA AJAY REKHA KIRAN LATA NIKHIL SWATI GAURAV ASHA VARUN JYOTI HARISH'.split(
    ' ',
  );
const family =
  'KUMAR SHARMA VERMA GUPTA SINGH PATIL DESHMUKH IYER NAIR REDDY JOSHI KULKARNI BHAT MISHRA YADAV CHAUHAN THAKUR MEHTA SHAH PILLAI SAXENA TIWARI RATHORE SOLANKI BANERJEE'.split(
    ' ',
  );
const firms =
  'SARASWATI GANESH LAKSHMI BALAJI VISHWAKARMA NARMADA SAHYADRI GODAVARI ARIHANT SHIVALIK MALWA VINDHYA SUDARSHAN PRAKASH NAVBHARAT ABHINAV UTKARSH SAMRUDDHI KONARK TRISHUL'.split(
    ' ',
  );
const trades =
  'TRADERS;ENTERPRISES;BOOK DEPOT;ELECTRICALS PVT LTD;SCIENTIFIC INSTRUMENTS PRIVATE LIMITED;CATERERS;PRINTERS & STATIONERS;FURNITURE WORKS;SYSTEMS LLP;CONSTRUCTION CO'.split(
    ';',
  );
const banks = ['HDFC', 'ICIC', 'SBIN', 'UTIB', 'BARB', 'PUNB'];
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

export const pick = <T>(random: SeededRandom, list: readonly T[]): T => {
  const found = list[random.below(list.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
};
export const chance = (random: SeededRandom, percent: number): boolean => random.below(1_000) < percent * 10;
export const digits = (random: SeededRandom, count: number): string =>
  Array.from({ length: count }, () => random.below(10)).join('');
export const code = (random: SeededRandom, count: number): string =>
  Array.from({ length: count }, () => alphabet[random.below(alphabet.length)]).join('');

export const personName = (random: SeededRandom): string => {
  const middle = chance(random, 30) ? ` ${pick(random, given)}` : '';
  return `${pick(random, given)}${middle} ${pick(random, family)}`;
};
/** Every firm once, some of which share a word. */
export const firmNames = (): readonly string[] => firms.flatMap((firm) => trades.map((trade) => `${firm} ${trade}`));

export const ifsc = (random: SeededRandom): string => `${pick(random, banks)}0${digits(random, 6)}`;
const dayOfYear = (date: IsoDate): string => {
  const day = (Date.parse(date) - Date.parse(`${date.slice(0, 4)}-01-01`)) / 86_400_000 + 1;
  return String(day).padStart(3, '0');
};
/** NEFT: 16 characters, of which the bank, the year and the day are the same for all payments of a day. */
export const utr = (random: SeededRandom, date: IsoDate): string =>
  `${pick(random, banks)}N${date.slice(2, 4)}${dayOfYear(date)}${digits(random, 6)}`;
/** IMPS and UPI: 12 figures that begin with the last one of the year and the day. */
export const rrn = (random: SeededRandom, date: IsoDate): string =>
  `${date.slice(3, 4)}${dayOfYear(date)}${digits(random, 8)}`;

/** The mistakes people make in numbers: a character wrong, missing, twice, or exchanged with the next. */
export function mistype(random: SeededRandom, text: string): string {
  for (;;) {
    const at = 1 + random.below(text.length - 2);
    const [before, own, next, after] = [text.slice(0, at), text[at] ?? '', text[at + 1] ?? '', text.slice(at + 2)];
    const wrong = pick(random, [
      `${before}${random.below(10)}${next}${after}`,
      `${before}${next}${after}`,
      `${before}${own}${own}${next}${after}`,
      `${before}${next}${own}${after}`,
    ]);
    if (wrong !== text) return wrong;
  }
}

/** A name as it comes through a bank: whole, cut off, in another order, with initials, without its suffix. */
export function dirtyName(random: SeededRandom, name: string): string {
  const words = name.replace('&', '').split(/\s+/);
  const style = random.below(10);
  if (style < 4) return name;
  if (style < 6) return name.slice(0, 15).trim();
  if (style === 6 && words.length === 2) return [...words].reverse().join(' ');
  if (style === 7 && words.length === 3) return [words[0], (words[1] ?? '').slice(0, 1), words[2]].join(' ');
  if (style === 8) return name.toLowerCase();
  return words.join(' ').replace(/ (PVT LTD|PRIVATE LIMITED|LLP|CO)$/, '');
}

export interface Printed {
  readonly narration: string;
  readonly reference: string | null;
}

/** A payment out by NEFT as three banks print it. */
export function printOut(random: SeededRandom, bank: string, name: string, number: string): Printed {
  const shown = dirtyName(random, name);
  if (bank === 'hdfc')
    return { narration: `NEFT DR-${ifsc(random)}-${shown}-NETBANK, MUM-${number}`, reference: number };
  if (bank === 'icici') return { narration: `NEFT/${number}/${shown}/VENDOR PAYMENT`, reference: null };
  return {
    narration: `TO TRANSFER-NEFT*${ifsc(random)}*${number}*${shown}--`,
    reference: `TRANSFER TO ${digits(random, 11)}`,
  };
}

/** Money in by UPI. The bank of the sender, not who it is for, stands in it. */
export function printUpi(random: SeededRandom, bank: string, name: string, number: string): Printed {
  const shown = dirtyName(random, name);
  const account = `${name.split(' ')[0]?.toLowerCase()}${digits(random, 3)}@ybl`;
  if (bank === 'hdfc') {
    return { narration: `UPI-${shown}-${account}-${ifsc(random)}-${number}-FEE`, reference: number.padStart(16, '0') };
  }
  if (bank === 'icici') return { narration: `UPI/${number}/College fee/${account}/${shown}`, reference: null };
  return { narration: `BY TRANSFER-UPI/CR/${number}/${shown}/SBIN/${account}/fee--`, reference: null };
}

export const laterBy = (random: SeededRandom, date: IsoDate, most: number): IsoDate =>
  addDays(date, random.below(most + 1));
