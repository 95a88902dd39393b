import { useSyncExternalStore } from 'react';

const wide = window.matchMedia('(min-width: 1440px)');

/** Whether list and document have room side by side. */
export const useWide = (): boolean =>
  useSyncExternalStore(
    (changed) => {
      wide.addEventListener('change', changed);
      return () => wide.removeEventListener('change', changed);
    },
    () => wide.matches,
  );
