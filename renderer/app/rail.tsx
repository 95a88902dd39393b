import { Keyboard, Search, User } from 'lucide-react';
import { Link, useLocation } from 'wouter';
import type { Session } from '../../shared/ipc/contract/session.ts';
import { Kbd } from '../components/keys.tsx';
import { Menu } from '../components/menu.tsx';
import { languageNames, languages } from '../i18n/language.ts';
import { useText } from '../i18n/text.ts';
import { usePreferences } from '../state/preferences.ts';
import type { Screen } from './screens.tsx';
import { useSignOut } from './use-sign-out.ts';

interface Props {
  readonly screens: readonly Screen[];
  readonly session: Session;
  onPalette(): void;
  onKeys(): void;
}

export function Rail({ screens, session, onPalette, onKeys }: Props) {
  const text = useText();
  const [location] = useLocation();
  return (
    <nav className="rail" aria-label={text('app.name')}>
      <p className="rail-brand">
        <span aria-hidden="true" className="rail-mark">
          म
        </span>
        {text('app.name')}
      </p>
      <button type="button" className="rail-search" onClick={onPalette}>
        <Search size={15} aria-hidden="true" />
        <span>{text('palette.short')}</span>
        <Kbd keys="Ctrl+K" />
      </button>
      <ul>
        {screens.map(({ path, title, icon: Icon }) => {
          const here = location === path || location.startsWith(`${path}/`);
          return (
            <li key={path}>
              <Link href={path} className="rail-link" aria-current={here ? 'page' : undefined}>
                <Icon size={16} aria-hidden="true" />
                <span>{text(title)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <div className="rail-foot">
        <button type="button" className="rail-link" onClick={onKeys}>
          <Keyboard size={16} aria-hidden="true" />
          <span>{text('keys.short')}</span>
          <Kbd keys="?" />
        </button>
        <PersonMenu session={session} />
      </div>
    </nav>
  );
}

function PersonMenu({ session }: { readonly session: Session }) {
  const text = useText();
  const signOut = useSignOut();
  const { theme, setTheme, language, setLanguage } = usePreferences();
  const person = session.person;
  const role = person === null ? '' : text(`role.${person.role}`);
  return (
    <Menu
      groups={[
        {
          title: text('preferences.language'),
          items: languages.map((one) => ({
            id: one,
            label: languageNames[one],
            checked: one === language,
            run: () => setLanguage(one),
          })),
        },
        {
          title: text('preferences.theme'),
          items: (['system', 'light', 'dark'] as const).map((one) => ({
            id: one,
            label: text(`theme.${one}`),
            checked: one === theme,
            run: () => setTheme(one),
          })),
        },
        { items: [{ id: 'out', label: text('signOut.action'), note: 'Ctrl+Alt+L', run: () => void signOut() }] },
      ]}
      trigger={
        <button
          type="button"
          className="rail-person"
          aria-label={person === null ? undefined : `${person.name} ${role}`}
        >
          <User size={16} aria-hidden="true" />
          <span className="rail-person-name">
            <span title={person?.name}>{person?.name}</span>{' '}
            <span className="muted small" title={role}>
              {role}
            </span>
          </span>
        </button>
      }
    />
  );
}
