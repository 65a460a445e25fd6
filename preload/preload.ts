/** Electron's preload: puts the transport, and nothing else, into the window's global. */
import { contextBridge, ipcRenderer } from 'electron';
import type { Reply } from './api';
import { channels } from './channels';
import { createTransport, transportProperty, type Push } from './transport';

const transport = createTransport({
  invoke: (name, args) => ipcRenderer.invoke(channels.invoke, name, args) as Promise<Reply>,
  listen: (listener) => {
    ipcRenderer.on(channels.push, (_event, push: Push) => listener(push));
  },
});

contextBridge.exposeInMainWorld(transportProperty, transport);
