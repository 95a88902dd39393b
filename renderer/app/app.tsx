import { useEffect } from 'react';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import { ErrorPanel } from '../components/error-panel.tsx';
import { useKeyListener } from '../components/keys.tsx';
import { Announcer, Skeleton } from '../components/states.tsx';
import { useAsk } from '../data/desk.tsx';
import { useText } from '../i18n/text.ts';
import { Enrol } from '../screens/enrol/enrol.tsx';
import { RecoverBooks } from '../screens/recovery/recovery.tsx';
import { SignIn } from '../screens/sign-in/sign-in.tsx';
import { usePreferences } from '../state/preferences.ts';
import './app.css';
import { FaultBoundary } from './fault-boundary.tsx';
import { Shell } from './shell.tsx';

/** Enrolment, sign-in or the work itself, as the session says. */
export function App() {
  const text = useText();
  const language = usePreferences((preferences) => preferences.language);
  useKeyListener();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const session = useAsk('session.get', {});
  const recovery = useAsk('recovery.look', {}, { enabled: session.error !== null });
  return (
    <FaultBoundary>
      {session.error !== null && recovery.data?.possible === true ? (
        <RecoverBooks look={recovery.data} />
      ) : session.data === undefined ? (
        <main className="app-wait" aria-label={text('app.name')}>
          {session.error === null ? (
            <Skeleton />
          ) : (
            <ErrorPanel error={session.error} onRetry={() => void session.refetch()} />
          )}
        </main>
      ) : session.data.phase === 'unenrolled' ? (
        <Enrol />
      ) : session.data.phase === 'signed_out' || session.data.person === null ? (
        <SignIn session={session.data} />
      ) : (
        <Router hook={useHashLocation}>
          <Shell session={session.data} />
        </Router>
      )}
      <Announcer />
    </FaultBoundary>
  );
}
