import { createRoot } from 'react-dom/client';
import { createClient } from '../shared/ipc/client.ts';
import './styles/fonts.css';
import './styles/tokens.css';
import './styles/base.css';
import './styles/print.css';
import { App } from './app/app.tsx';
import { NoDesk } from './app/no-desk.tsx';
import { DeskProvider } from './data/desk.tsx';
import { hostTransport } from './host/host-transport.ts';

const transport = hostTransport();
const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no #root');
createRoot(element).render(
  transport === null ? (
    <NoDesk />
  ) : (
    <DeskProvider desk={createClient(transport)}>
      <App />
    </DeskProvider>
  ),
);
