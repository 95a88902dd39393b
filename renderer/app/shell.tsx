import { Suspense, useEffect, useState } from 'react';
import { Redirect, Route, Switch, useLocation } from 'wouter';
import type { Session } from '../../shared/ipc/contract/session.ts';
import { type KeyBinding, useKeys } from '../components/keys.tsx';
import { Skeleton } from '../components/states.tsx';
import { useText } from '../i18n/text.ts';
import { useEntryKeys } from '../screens/vouchers/entry-keys.ts';
import { useLists } from '../state/lists.ts';
import { useScope } from '../state/scope.ts';
import { CollegeDialog, YearDialog } from './context-dialogs.tsx';
import { FaultBoundary } from './fault-boundary.tsx';
import { KeySheet } from './key-sheet.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import { homeOf, screens } from './screens.tsx';
import './shell.css';
import { StatusBar } from './status-bar.tsx';
import { useSignOut } from './use-sign-out.ts';

type Overlay = 'palette' | 'goto' | 'keys' | 'college' | 'year' | null;

/** Rail, work area and status bar, and the keys that work everywhere. */
export function Shell({ session }: { readonly session: Session }) {
  const text = useText();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const [location] = useLocation();
  const signOut = useSignOut();
  const role = session.person?.role ?? 'auditor';
  const several = session.colleges.length > 1;
  const close = (): void => setOverlay(null);

  // The next person at this desk finds neither the filters nor the ticks of the one before.
  const personId = session.person?.id;
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the person changes.
  useEffect(
    () => () => {
      useLists.getState().forget();
      useScope.setState({ collegeId: null, financialYear: null });
    },
    [personId],
  );

  const keys: readonly KeyBinding[] = [
    { keys: 'Ctrl+K', label: text('palette.open'), run: () => setOverlay('palette'), hidden: true },
    { keys: 'Alt+G', label: text('palette.goto'), run: () => setOverlay('goto'), hidden: true },
    { keys: '?', label: text('keys.open'), run: () => setOverlay('keys') },
    { keys: 'F1', label: text('keys.open'), run: () => setOverlay('keys'), hidden: true },
    { keys: 'F3', label: text('college.switch'), run: () => setOverlay('college'), enabled: several },
    { keys: 'Alt+F2', label: text('year.switch'), run: () => setOverlay('year') },
    { keys: 'Ctrl+Alt+L', label: text('signOut.action'), run: () => void signOut() },
  ];
  useKeys([...keys, ...useEntryKeys(role)], 'everywhere');

  const mine = screens.filter((screen) => screen.roles.includes(role));
  return (
    <div className="shell">
      <button type="button" className="skip-link" onClick={focusWork}>
        {text('app.skip')}
      </button>
      <Rail
        screens={mine}
        session={session}
        onPalette={() => setOverlay('palette')}
        onKeys={() => setOverlay('keys')}
      />
      <main className="shell-work" id="work" tabIndex={-1}>
        <FaultBoundary key={location.split('/')[1]}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <Switch>
              {mine.map((screen) => (
                <Route key={screen.path} path={`${screen.path}/*?`} component={screen.component} />
              ))}
              <Route>
                <Redirect to={homeOf(role)} replace />
              </Route>
            </Switch>
          </Suspense>
        </FaultBoundary>
      </main>
      <StatusBar session={session} onCollege={() => setOverlay('college')} onYear={() => setOverlay('year')} />
      {(overlay === 'palette' || overlay === 'goto') && (
        <Palette screens={mine} actions={overlay === 'palette'} onClose={close} />
      )}
      {overlay === 'keys' && <KeySheet onClose={close} />}
      {overlay === 'college' && <CollegeDialog session={session} onClose={close} />}
      {overlay === 'year' && <YearDialog session={session} onClose={close} />}
    </div>
  );
}

/** A button, because the fragment of the address belongs to the router. */
function focusWork(): void {
  document.getElementById('work')?.focus();
}
