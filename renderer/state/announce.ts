import { create } from 'zustand';

interface Announcements {
  readonly text: string;
  /** Counts up, so that the same text twice is read twice. */
  readonly turn: number;
  say(text: string): void;
  hush(): void;
}

/** The last thing said to screen readers and shown for a moment. Never the only place where something important stands. */
export const useAnnouncements = create<Announcements>((set) => ({
  text: '',
  turn: 0,
  say: (text) => set((state) => ({ text, turn: state.turn + 1 })),
  hush: () => set({ text: '' }),
}));

export const announce = (text: string): void => useAnnouncements.getState().say(text);
