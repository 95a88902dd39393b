import i18next from 'i18next';
import Icu from 'i18next-icu';
import { useMemo } from 'react';
import { usePreferences } from '../state/preferences.ts';
import { catalogue, isMessageKey, type MessageKey } from './catalogue.ts';
import { type Language, languages } from './language.ts';

/** ICU values: counts as numbers (plurals), everything else as text that is already formatted. */
export type Values = Readonly<Record<string, string | number>>;
export type Text = (key: MessageKey, values?: Values) => string;

const i18n = i18next.createInstance();
i18n.use(Icu);
await i18n.init({
  lng: 'en',
  fallbackLng: 'en',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false },
  resources: Object.fromEntries(languages.map((language) => [language, { translation: catalogue[language] }])),
});

/** @returns the texts of a language, for places without React */
export const textOf = (language: Language): Text => {
  const fixed = i18n.getFixedT(language);
  return (key, values) => fixed(key, values === undefined ? {} : { ...values });
};

/** The texts in the language of the person. */
export function useText(): Text {
  const language = usePreferences((preferences) => preferences.language);
  return useMemo(() => textOf(language), [language]);
}

export const useLanguage = (): Language => usePreferences((preferences) => preferences.language);

/** A name that comes from data (a role, a state, a field), through its key if the catalogue has one. */
export const nameOf = (text: Text, prefix: string, value: string): string => {
  const key = `${prefix}.${value}`;
  return isMessageKey(key) ? text(key) : value;
};
