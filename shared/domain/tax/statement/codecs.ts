import { type IsoDate, isIsoDate } from '../../../kernel/dates.ts';
import { decimalText, type Paise, parseRupees } from '../../../kernel/money.ts';

/** How a value stands in a field; `read` gives undefined for a text that is none, so that what is read is written the same again. */
export interface Codec<T> {
  write(value: T): string;
  read(text: string): T | undefined;
}

export const text: Codec<string> = {
  write: (value) => value,
  read: (written) => (written === '' ? undefined : written),
};

export const orNothing = <T>(codec: Codec<T>): Codec<T | null> => ({
  write: (value) => (value === null ? '' : codec.write(value)),
  read: (written) => (written === '' ? null : codec.read(written)),
});

export const oneOf = <T extends string>(...values: readonly T[]): Codec<T> => ({
  write: (value) => value,
  read: (written) => values.find((value) => value === written),
});

export const yesNo: Codec<boolean> = {
  write: (value) => (value ? 'Y' : 'N'),
  read: (written) => (written === 'Y' ? true : written === 'N' ? false : undefined),
};

export const count: Codec<number> = {
  write: String,
  read: (written) => (/^(?:0|[1-9]\d{0,8})$/.test(written) ? Number(written) : undefined),
};

/** `ddmmyyyy` */
export const date: Codec<IsoDate> = {
  write: (value) => `${value.slice(8)}${value.slice(5, 7)}${value.slice(0, 4)}`,
  read(written) {
    const iso = `${written.slice(4)}-${written.slice(2, 4)}-${written.slice(0, 2)}`;
    return written.length === 8 && isIsoDate(iso) ? iso : undefined;
  },
};

/** Rupees with two decimals and no commas. */
export const amount: Codec<Paise> = {
  write: decimalText,
  read(written) {
    const read = /^(?:0|[1-9]\d*)\.\d\d$/.test(written) ? parseRupees(written) : undefined;
    return read?.ok === true ? read.value : undefined;
  },
};

/** Percent with four decimals and two places before them, of which the last two decimals say nothing: 300 basis points are `03.0000`. */
export const rate: Codec<bigint> = {
  write: (basisPoints) => `${decimalText(basisPoints).padStart(5, '0')}00`,
  read: (written) => (/^\d\d\.\d\d00$/.test(written) ? BigInt(written.slice(0, 5).replace('.', '')) : undefined),
};
