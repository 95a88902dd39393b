/** Hundredths of a percent as whole percents, rounded down so that a budget never looks full before it is. */
export const percent = (bp: number): string => `${Math.floor(bp / 100)}%`;
