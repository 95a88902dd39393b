import { useSyncExternalStore } from 'react';

/** A hook that says whether a media query holds, and draws again when that changes. */
function mediaHook(query: string): () => boolean {
  const media = window.matchMedia(query);
  const subscribe = (changed: () => void): (() => void) => {
    media.addEventListener('change', changed);
    return () => media.removeEventListener('change', changed);
  };
  return () => useSyncExternalStore(subscribe, () => media.matches);
}

/** Whether list and document have room side by side. */
export const useWide = mediaHook('(min-width: 1440px)');

/** Whether the system asks for dark colours; it may change its mind at sunset, while a screen is open. */
export const useSystemIsDark = mediaHook('(prefers-color-scheme: dark)');
