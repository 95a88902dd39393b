import type { ReactNode } from 'react';
import { Select } from '../components/inputs.tsx';
import { ProgressBar } from '../components/states.tsx';
import { useAsk } from '../data/desk.tsx';
import { isLanguage, languageNames, languages } from '../i18n/language.ts';
import { useText } from '../i18n/text.ts';
import { usePreferences } from '../state/preferences.ts';
import './door-page.css';

interface Props {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** The page before somebody is signed in: one column, the language, and how far a first pull has come. */
export function DoorPage({ title, lead, children }: Props) {
  const text = useText();
  const { language, setLanguage } = usePreferences();
  const { data: sync } = useAsk('sync.status', {});
  return (
    <main className="door">
      <div className="door-card">
        <div className="line">
          <p className="door-brand">
            <span className="rail-mark" aria-hidden="true">
              म
            </span>
            {text('app.name')}
          </p>
          <span className="push">
            <Select
              aria-label={text('preferences.language')}
              value={language}
              options={languages.map((one) => ({ value: one, label: languageNames[one] }))}
              onChange={(value) => isLanguage(value) && setLanguage(value)}
            />
          </span>
        </div>
        <h1>{title}</h1>
        {lead !== undefined && <p className="muted">{lead}</p>}
        {children}
        {sync !== undefined && sync.receivedRows !== null && (
          <ProgressBar label={text('enrol.pull')} done={sync.receivedRows} total={null} />
        )}
      </div>
    </main>
  );
}
