import { create } from 'zustand';
import { isLanguage, type Language } from '../i18n/language.ts';

export type Theme = 'system' | 'light' | 'dark';
const isTheme = (text: string | null): text is Theme => text === 'system' || text === 'light' || text === 'dark';

interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  setTheme(theme: Theme): void;
  setLanguage(language: Language): void;
}

const storedTheme = window.localStorage.getItem('munim-theme');
const storedLanguage = window.localStorage.getItem('munim-language');

const showTheme = (theme: Theme): void => {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
};

/** How this PC's user likes to see Munim; stays on the PC. */
export const usePreferences = create<Preferences>((set) => ({
  theme: isTheme(storedTheme) ? storedTheme : 'system',
  language: isLanguage(storedLanguage) ? storedLanguage : 'en',
  setTheme: (theme) => {
    window.localStorage.setItem('munim-theme', theme);
    showTheme(theme);
    set({ theme });
  },
  setLanguage: (language) => {
    window.localStorage.setItem('munim-language', language);
    set({ language });
  },
}));

showTheme(usePreferences.getState().theme);
