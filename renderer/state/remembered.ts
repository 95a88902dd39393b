import { create } from 'zustand';

interface Remembered {
  readonly values: Readonly<Record<string, string>>;
  put(key: string, value: string): void;
}

const useStore = create<Remembered>((set) => ({
  values: {},
  put: (key, value) => {
    window.localStorage.setItem(`munim-${key}`, value);
    set(({ values }) => ({ values: { ...values, [key]: value } }));
  },
}));

/** A choice that this PC keeps from one day to the next, such as the account one pays from. Nothing of the books. */
export function useRemembered(key: string): readonly [string | null, (value: string) => void] {
  const held = useStore(({ values }) => values[key]);
  const put = useStore((store) => store.put);
  return [held ?? window.localStorage.getItem(`munim-${key}`), (value) => put(key, value)];
}
