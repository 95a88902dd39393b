import type { KeyboardEvent, SyntheticEvent } from 'react';

const stop = (event: SyntheticEvent): void => {
  event.preventDefault();
  event.stopPropagation();
};

/**
 * For the fields while they are being saved: the cursor stays where it is and Tab goes on as ever, but nothing is typed, chosen or
 * ticked, since it would belong to neither this bill nor the next. Disabled fields would lose the cursor.
 */
export const holdStill = {
  onKeyDownCapture: (event: KeyboardEvent): void => {
    if (event.key !== 'Tab' && !event.ctrlKey && !event.altKey) stop(event);
  },
  onClickCapture: stop,
  onPasteCapture: stop,
  onCutCapture: stop,
} as const;
