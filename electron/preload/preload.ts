import { contextBridge, ipcRenderer } from 'electron';
import { EVENT_CHANNEL, type HostEvent, type HostTransport, INVOKE_CHANNEL } from '../../shared/ipc/transport.ts';

/** All the page gets: two functions. Neither `ipcRenderer` nor Electron's event object crosses the bridge. */
const bridge: HostTransport = {
  invoke: (channel, input) => ipcRenderer.invoke(INVOKE_CHANNEL, channel, input),
  on: (listener) => {
    const heard = (_event: unknown, event: HostEvent): void => listener(event);
    ipcRenderer.on(EVENT_CHANNEL, heard);
    return () => void ipcRenderer.off(EVENT_CHANNEL, heard);
  },
};

contextBridge.exposeInMainWorld('munim', bridge);
