import './lengthen.ts';
import { createRoot } from 'react-dom/client';
import { createClient } from '../../shared/ipc/client.ts';
import { parseCanonical } from '../../shared/kernel/canonical.ts';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import '../styles/print.css';
import { App } from '../app/app.tsx';
import { DeskProvider } from '../data/desk.tsx';
import { type MemoryDesk, memoryDesk } from './memory-desk.ts';

declare global {
  interface Window {
    /** The desk behind the page, for the tests. */
    memory: MemoryDesk;
    /** Answers of the desk that a test gave before the page was loaded. */
    preparedAnswers?: string;
  }
}

// The whole application over books in memory; `?rows=…&phase=…` says how it begins.
const asked = new URLSearchParams(window.location.search);
const phase = asked.get('phase');
const role = asked.get('role');
const desk = memoryDesk(Number.parseInt(asked.get('rows') ?? '2000', 10), {
  ...(phase === 'unenrolled' ? { phase, person: null, device: null, knownPeople: [], colleges: [] } : {}),
  ...(phase === 'signed_out' ? { phase, person: null } : {}),
  ...(role === 'principal'
    ? { person: { id: '01980000-0000-7000-8002-000000000002', name: 'Dr. Anil Deshpande', email: 'a@b', role } }
    : {}),
});
window.memory = desk;
for (const [channel, answer] of Object.entries(parseCanonical(window.preparedAnswers ?? '{}') as object)) {
  desk.answer(channel as 'session.get', () => answer);
}
const root = document.getElementById('root');
if (root !== null) {
  createRoot(root).render(
    <DeskProvider desk={createClient(desk)}>
      <App />
    </DeskProvider>,
  );
}
