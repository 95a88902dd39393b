import { createRoot } from 'react-dom/client';
import type { SecretBridge } from '../../shared/ipc/secret.ts';
import '../styles/fonts.css';
import '../styles/tokens.css';
import '../styles/base.css';
import { usePreferences } from '../state/preferences.ts';
import { SecretForm } from './secret-form.tsx';

// The page of the window in which the main process asks for secrets. Only that window has this bridge.
declare global {
  interface Window {
    readonly munimSecret?: SecretBridge;
  }
}

const bridge = window.munimSecret;
const element = document.getElementById('root');
if (bridge !== undefined && element !== null) {
  const question = await bridge.question();
  usePreferences.setState({ language: question.language });
  document.documentElement.lang = question.language;
  createRoot(element).render(<SecretForm question={question} onAnswer={(values) => void bridge.answer(values)} />);
}
