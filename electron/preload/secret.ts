import { contextBridge, ipcRenderer } from 'electron';
import { SECRET_ANSWER_CHANNEL, SECRET_QUESTION_CHANNEL, type SecretBridge } from '../../shared/ipc/secret.ts';

/** The bridge of the window that asks for secrets. It must share no code with the other preload script: a sandboxed one cannot load a second file. */
const bridge: SecretBridge = {
  question: () => ipcRenderer.invoke(SECRET_QUESTION_CHANNEL),
  answer: (values) => ipcRenderer.invoke(SECRET_ANSWER_CHANNEL, values),
};

contextBridge.exposeInMainWorld('munimSecret', bridge);
