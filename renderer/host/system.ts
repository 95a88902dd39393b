import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';

/** The one place where the screens look at the clock and at chance. */
export const nowMs = (): number => Date.now();

/** A new id for a document that is made here. */
export const newId = (): Id => uuidv7(nowMs(), window.crypto.getRandomValues(new Uint8Array(10)));
