import type { HostTransport } from '../../shared/ipc/transport.ts';
import { loopbackTransport, takeToken } from './loopback-transport.ts';

declare global {
  /** True in builds for the loopback host; production builds drop that branch. */
  const __LOOPBACK__: boolean;
  interface Window {
    /** Put there by Electron's preload script. */
    readonly munim?: HostTransport;
  }
}

/** @returns the way to the desk, or null where this page was opened outside of it */
export function hostTransport(): HostTransport | null {
  if (window.munim !== undefined) return window.munim;
  if (!__LOOPBACK__) return null;
  const token = takeToken();
  return token === null ? null : loopbackTransport(`ws://${window.location.host}/socket`, token);
}
