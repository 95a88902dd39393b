/** Codes stand in files for other programs and on paper: Latin capitals, digits and the signs that every one of them takes. */
export const isChartCode = (code: string): boolean => /^[A-Z0-9][A-Z0-9./-]{0,19}$/.test(code);
