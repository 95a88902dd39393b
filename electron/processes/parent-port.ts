/** The parent as this process sees it: Electron's utility process and a forked Node process have different doors. */
export interface ParentPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** The parent is gone; Electron ends a utility process by itself. */
  onGone(listener: () => void): void;
}

interface UtilityPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export function parentPort(): ParentPort {
  const { parentPort: utility } = process as unknown as { readonly parentPort?: UtilityPort };
  if (utility !== undefined) {
    return {
      post: (message) => utility.postMessage(message),
      onMessage: (listener) => utility.on('message', (event) => listener(event.data)),
      onGone: () => {},
    };
  }
  return {
    post: (message) => {
      // When the parent has just gone there is nobody to tell; `disconnect` follows.
      if (process.connected) process.send?.(message, undefined, {}, () => {});
    },
    onMessage: (listener) => void process.on('message', listener),
    onGone: (listener) => void process.once('disconnect', listener),
  };
}
