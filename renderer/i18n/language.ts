export const languages = ['en', 'hi'] as const;
export type Language = (typeof languages)[number];
export const isLanguage = (text: string | null): text is Language => languages.some((known) => known === text);
/** Each language by its own name. */
export const languageNames: Readonly<Record<Language, string>> = { en: 'English', hi: 'हिन्दी' };
