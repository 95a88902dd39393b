import { distances } from '../../kernel/near-words.ts';

/** A word of a narration, and whether its field ends with it: there banks cut names off. */
export interface NarrationWord {
  readonly text: string;
  readonly isLast: boolean;
}

/** A party's name as it is compared. */
export interface PartyName {
  readonly name: string;
  readonly words: readonly string[];
}

/** `strong` all of the name is there, shortened as banks and people shorten it; `lone` the same of a name of one word; `weak` a telling word of it. */
export type NameStrength = 'strong' | 'lone' | 'weak' | 'none';

export interface NameMeeting {
  readonly strength: NameStrength;
  readonly words: readonly string[];
  /** How many words of the name are met by a first letter only. */
  readonly initials: number;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
/** What stands in front of and behind names and tells nobody apart. */
const titles = set(
  'MS MR MRS DR PROF SHRI SRI SMT KUM KUMARI MESSRS PVT PRIVATE P LTD LIMITED LLP INC CO COMPANY CORP AND THE OF INDIA',
);
/** Half of all firms are called so; alone they tell nothing. */
const trades = set(
  'TRADERS TRADING ENTERPRISE ENTERPRISES AGENCY AGENCIES SERVICE SERVICES INDUSTRIES SOLUTIONS STORES STORE SUPPLIERS SUPPLY ELECTRICALS ' +
    'ELECTRONICS BOOKS PRINTERS PRESS SYSTEMS TECHNOLOGIES MOTORS MEDICALS FURNITURE CATERERS BROTHERS SONS ASSOCIATES WORKS CONSTRUCTIONS ' +
    'COLLEGE SCHOOL UNIVERSITY INSTITUTE TRUST SOCIETY BANK FEES FEE SALARY PAYMENT',
);
/** Words of the bank, not of a payer. */
const bankWords = set(
  'NEFT RTGS IMPS UPI CR DR INB MMT TPT ACH NACH ECS CLG CHQ CHEQUE PAID PAYMENT TRANSFER TO BY FROM FOR TRF FT MB NET BIL BILLPAY INFT HDFC ICICI SBI SBIN ' +
    'UTIB AXIS HDFCBANK OKAXIS OKSBI OKICICI YBL PAYTM IBL REF NO UTR RRN P2A P2M P2P WDL DEP TFR MICR INST CTS COLL SETTLEMENT BULK RETURN RET ',
);

const wordsMax = 16;
const keyLength = 4;
const tellingFrom = 4;

const letters = (text: string): string => text.normalize('NFKC').toUpperCase();

export function partyName(name: string): PartyName {
  const words = letters(name.replace(/m\s*\/\s*s\b\.?/i, ' ')).match(/\p{L}[\p{L}\p{M}]*/gu) ?? [];
  const telling = words.filter((word) => !titles.has(word));
  return { name, words: (telling.length > 0 ? telling : words).slice(0, 8) };
}

export function narrationWords(narration: string): readonly NarrationWord[] {
  const found: NarrationWord[] = [];
  for (const field of letters(narration).split(/[/\-:*|,_@]+|\s(?=\d)|(?<=\d)\s/)) {
    const words = field.split(/[\s.&()']+/).filter((word) => word !== '' && !/\d/.test(word));
    for (const [at, text] of words.entries()) {
      if (found.length >= wordsMax) return found;
      const isEnd = at > 0 && at === words.length - 1;
      // At the end of a name it may be the beginning of a word that was cut off.
      if ((bankWords.has(text) && !isEnd) || (titles.has(text) && text.length > 1)) continue;
      found.push({ text, isLast: at === words.length - 1 });
    }
  }
  return found;
}

/** Where two names can be the same they have one of these in common. */
export function nameKeys(words: Iterable<string>): readonly string[] {
  const keys = new Set<string>();
  for (const word of words) if (isTelling(word)) keys.add(word.slice(0, keyLength));
  return [...keys];
}

const isTelling = (word: string): boolean => word.length >= tellingFrom && !trades.has(word);

interface WordMeeting {
  readonly how: 'full' | 'cut' | 'initial' | 'none';
  readonly met: string;
  readonly isLast: boolean;
}
const notMet: WordMeeting = { how: 'none', met: '', isLast: false };

function meetWord(word: string, narration: readonly NarrationWord[]): WordMeeting {
  let best = notMet;
  for (const { text, isLast } of narration) {
    if (text === word) return { how: 'full', met: word, isLast };
    if (word.length === 1 || text.length === 1) {
      if (best.how === 'none' && text[0] === word[0]) best = { how: 'initial', met: text, isLast };
    } else if ((text.length >= 3 || isLast) && word.startsWith(text)) {
      if (best.how !== 'cut' || text.length > best.met.length) best = { how: 'cut', met: text, isLast };
    } else if (word.length >= tellingFrom && text.length >= word.length + 3 && text.includes(word)) {
      best = { how: 'full', met: word, isLast };
    } else if (isMistyped(word, text)) {
      best = { how: 'full', met: text, isLast };
    }
    if (best.how === 'full') return best;
  }
  return best;
}

const mistypedFrom = 7;
function isMistyped(word: string, text: string): boolean {
  if (word.length < mistypedFrom || Math.abs(word.length - text.length) > 1 || word[0] !== text[0]) return false;
  return distances([...word], [...text], 1).whole <= 1;
}

const tailFrom = 8;
const loneFrom = 6;

/** How far the name stands in the narration, whatever the order of its words. */
export function meetName(narration: readonly NarrationWord[], { words }: PartyName): NameMeeting {
  const meetings = words.map((word) => meetWord(word, narration));
  const said = meetings.filter(({ how }) => how === 'full' || how === 'cut');
  const met = said.map(({ met: text }) => text);
  const isWeak = words.some((word, at) => {
    const { how, met: text } = meetings[at] ?? notMet;
    return isTelling(word) && (how === 'full' || how === 'cut') && text.length >= tellingFrom;
  });
  if (!isWeak) return { strength: 'none', words: [], initials: 0 };
  const initials = meetings.filter(({ how }) => how === 'initial').length;
  const lettersMet = met.reduce((sum, text) => sum + text.length, 0);
  const open = meetings.findIndex(({ how }) => how === 'none');
  const isWhole = open === -1 || isCutOff(meetings, open, lettersMet);
  if (!isWhole) return { strength: 'weak', words: met, initials };
  if (words.length === 1) return { strength: lettersMet >= loneFrom ? 'lone' : 'weak', words: met, initials };
  return { strength: lettersMet >= tellingFrom + 1 ? 'strong' : 'weak', words: met, initials };
}

/** The rest of a name is missing from one word on, and there the bank's field ends. */
function isCutOff(meetings: readonly WordMeeting[], open: number, lettersMet: number): boolean {
  const before = meetings[open - 1];
  return (
    open >= 2 &&
    lettersMet >= tailFrom &&
    before?.isLast === true &&
    meetings.slice(open).every(({ how }) => how === 'none')
  );
}
