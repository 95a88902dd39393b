const GROUP = 4;

/** `50100012345678` → `5010 0012 3456 78`: the way people compare two account numbers. */
export const groupDigits = (number: string): string => number.replace(new RegExp(`(.{${GROUP}})(?=.)`, 'g'), '$1 ');

/** What the approver has to type of the number that he has before him. */
export const LAST_DIGITS = 4;
export const lastDigits = (number: string): string => number.slice(-LAST_DIGITS);
