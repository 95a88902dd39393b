import { useEffect, useLayoutEffect, useRef } from 'react';
import { create } from 'zustand';
import './kbd.css';
import { matches } from './match-keys.ts';

/**
 * A key combination as `Ctrl+K`, `Alt+N`, `Enter`, `F2` or `?`. Letters are matched by their place on the keyboard, so that they work under
 * a Hindi layout too; every letter needs Ctrl or Alt, so that nothing happens by speaking or mistyping (WCAG 2.1.4).
 */
export interface KeyBinding {
  readonly keys: string;
  /** What it does, for the key sheet and the palette. */
  readonly label: string;
  readonly run: () => void;
  readonly enabled?: boolean;
  /** Kept out of the palette, where it would make no sense (moving in a list). */
  readonly hidden?: boolean;
}

interface Registered {
  /** `dialog`: the only ones that work while a dialog is open. */
  readonly scope: 'screen' | 'everywhere' | 'dialog';
  readonly bindings: readonly KeyBinding[];
}

interface Registry {
  readonly entries: ReadonlyMap<symbol, Registered>;
}

const useRegistry = create<Registry>(() => ({ entries: new Map() }));

/** Makes keys work while the component is shown. Later ones go before earlier ones, so that a dialog wins over its screen. */
export function useKeys(bindings: readonly KeyBinding[], scope: Registered['scope'] = 'screen'): void {
  const owner = useRef(Symbol('keys'));
  // Before the next key can come: a key must never run what was drawn one letter ago.
  useLayoutEffect(() => {
    const key = owner.current;
    useRegistry.setState((state) => ({ entries: new Map(state.entries).set(key, { scope, bindings }) }));
  });
  useEffect(() => {
    const key = owner.current;
    return () =>
      useRegistry.setState((state) => {
        const entries = new Map(state.entries);
        entries.delete(key);
        return { entries };
      });
  }, []);
}

export interface ActiveKeys {
  readonly scope: Registered['scope'];
  readonly binding: KeyBinding;
}

/** All keys that work now, for the key sheet and the palette. */
export const activeKeys = (): readonly ActiveKeys[] =>
  [...useRegistry.getState().entries.values()].flatMap(({ scope, bindings }) =>
    bindings.filter((binding) => binding.enabled !== false).map((binding) => ({ scope, binding })),
  );

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'));

/** In a browser these load the page anew, also while a dialog is open; to an accountant F5 is a payment and Ctrl+R a narration. */
const reloads = ['F5', 'Ctrl+F5', 'Ctrl+R'];

/** The one listener of the window; the shell and the sign-in pages mount it once. */
export function useKeyListener(): void {
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return;
      if (reloads.some((keys) => matches(keys, event))) event.preventDefault();
      const entries = [...useRegistry.getState().entries.values()].reverse();
      const inDialog = document.querySelector('dialog[open]') !== null;
      for (const { scope, bindings } of entries) {
        if (inDialog && scope !== 'dialog') continue;
        const found = bindings.find((binding) => binding.enabled !== false && matches(binding.keys, event));
        if (found === undefined) continue;
        const bare = !event.ctrlKey && !event.altKey && !/^F\d+$/.test(event.key);
        if (bare && event.key !== 'Escape' && isTyping(event.target)) continue;
        event.preventDefault();
        found.run();
        return;
      }
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, []);
}

/** A key combination as it is printed beside an action. */
export function Kbd({ keys }: { readonly keys: string }) {
  return (
    <span className="kbd" aria-hidden="true">
      {keys.split('+').map((part) => (
        <kbd key={part}>{part}</kbd>
      ))}
    </span>
  );
}

/** `Ctrl+A` in the form that aria-keyshortcuts wants. */
export const ariaKeys = (keys: string): string => (keys === '+' ? 'Plus' : keys.replace('Ctrl', 'Control'));
