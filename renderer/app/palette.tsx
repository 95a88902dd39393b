import { Command } from 'cmdk';
import { type ReactNode, useState } from 'react';
import { useLocation } from 'wouter';
import type { ExpenseFilter } from '../../shared/ipc/contract/lists.ts';
import { Dialog } from '../components/dialog.tsx';
import { DateText, Money } from '../components/figures.tsx';
import { activeKeys, Kbd } from '../components/keys.tsx';
import { useAsk } from '../data/desk.tsx';
import { useWork } from '../data/session.ts';
import { useText } from '../i18n/text.ts';
import { usePreferences } from '../state/preferences.ts';
import type { Screen } from './screens.tsx';

interface Props {
  readonly screens: readonly Screen[];
  /** Ctrl+K offers what can be done as well; Alt+G only where one can go. */
  readonly actions: boolean;
  onClose(): void;
}

const FOUND_MAX = 8;

/** Every screen, document and action by typing. */
export function Palette({ screens, actions, onClose }: Props) {
  const text = useText();
  const [, goTo] = useLocation();
  const [typed, setTyped] = useState('');
  // What the screen offers is read once, when the palette opens: its own dialog takes over the keys afterwards.
  const [deeds] = useState(() => (actions ? activeKeys().filter(({ binding }) => binding.hidden !== true) : []));
  const title = text(actions ? 'palette.open' : 'palette.goto');
  const go = (path: string): void => {
    onClose();
    goTo(path);
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <Command label={title} className="palette" loop>
        <Command.Input
          className="palette-input"
          placeholder={text('palette.type')}
          value={typed}
          onValueChange={setTyped}
          autoFocus
        />
        <Command.List className="palette-list" label={title}>
          <Command.Empty className="palette-empty muted">{text('palette.nothing')}</Command.Empty>
          <Command.Group heading={text('palette.screens')}>
            {screens.map(({ path, title: name, icon: Icon }) => (
              <Row key={path} value={`${text(name)} ${path}`} onSelect={() => go(path)}>
                <Icon size={15} aria-hidden="true" />
                {text(name)}
              </Row>
            ))}
          </Command.Group>
          <Documents typed={typed} onGo={go} />
          <VoucherDocuments typed={typed} onGo={go} />
          {deeds.length > 0 && (
            <Command.Group heading={text('palette.actions')}>
              {deeds.map(({ binding }) => (
                <Row
                  key={`${binding.keys} ${binding.label}`}
                  value={`${binding.label} ${binding.keys}`}
                  onSelect={() => {
                    onClose();
                    // After the dialog has given the focus back, so that what opens next may take it.
                    setTimeout(binding.run);
                  }}
                >
                  <span>{binding.label}</span>
                  <Kbd keys={binding.keys} />
                </Row>
              ))}
            </Command.Group>
          )}
          {actions && <PreferenceDeeds onClose={onClose} />}
        </Command.List>
      </Command>
    </Dialog>
  );
}

function Row({
  value,
  onSelect,
  children,
}: {
  readonly value: string;
  onSelect(): void;
  readonly children: ReactNode;
}) {
  return (
    <Command.Item value={value} onSelect={onSelect} className="palette-item">
      {children}
    </Command.Item>
  );
}

function Documents({ typed, onGo }: { readonly typed: string; onGo(path: string): void }) {
  const text = useText();
  const { collegeId } = useWork();
  const search = typed.trim();
  const filter: ExpenseFilter = {
    collegeId,
    text: search,
    status: [],
    category: [],
    accountCode: null,
    vendorId: null,
    from: null,
    to: null,
    minPaise: null,
    maxPaise: null,
    pendingOnly: false,
  };
  const { data } = useAsk(
    'expenses.page',
    { filter, sort: 'date_desc', offset: 0, limit: FOUND_MAX },
    { enabled: search.length >= 2, keep: true },
  );
  if (search.length < 2 || data === undefined || data.rows.length === 0) return null;
  return (
    <Command.Group heading={text('palette.documents')}>
      {data.rows.map((row) => (
        // The typed text stands in the value, because the desk has done the search already.
        <Row key={row.id} value={`${search} ${row.reference} ${row.id}`} onSelect={() => onGo(`/expenses/${row.id}`)}>
          <span>{row.reference}</span>
          <span className="palette-clip">{row.vendorName}</span>
          <DateText date={row.billDate} />
          <Money paise={row.totalPaise} />
        </Row>
      ))}
    </Command.Group>
  );
}

function VoucherDocuments({ typed, onGo }: { readonly typed: string; onGo(path: string): void }) {
  const text = useText();
  const { collegeId } = useWork();
  const search = typed.trim();
  const everywhere = { kind: [], accountCode: null, vendorId: null, from: null, to: null };
  const { data } = useAsk(
    'vouchers.page',
    { filter: { collegeId, text: search, ...everywhere }, offset: 0, limit: FOUND_MAX },
    { enabled: search.length >= 2, keep: true },
  );
  if (search.length < 2 || data === undefined || data.rows.length === 0) return null;
  return (
    <Command.Group heading={text('palette.vouchers')}>
      {data.rows.map((row) => (
        <Row
          key={row.id}
          value={`${search} ${row.number ?? ''} ${row.id}`}
          onSelect={() => onGo(`/vouchers/${row.id}`)}
        >
          <span>{row.number ?? text(`voucher.${row.kind}`)}</span>
          <span className="palette-clip">{row.particulars}</span>
          <DateText date={row.date} />
          <Money paise={row.amountPaise} />
        </Row>
      ))}
    </Command.Group>
  );
}

function PreferenceDeeds({ onClose }: { onClose(): void }) {
  const text = useText();
  const { language, setLanguage, setTheme } = usePreferences();
  const run = (deed: () => void) => () => {
    deed();
    onClose();
  };
  return (
    <Command.Group heading={text('palette.preferences')}>
      <Row value={text('theme.toLight')} onSelect={run(() => setTheme('light'))}>
        {text('theme.toLight')}
      </Row>
      <Row value={text('theme.toDark')} onSelect={run(() => setTheme('dark'))}>
        {text('theme.toDark')}
      </Row>
      <Row value={text('language.other')} onSelect={run(() => setLanguage(language === 'en' ? 'hi' : 'en'))}>
        {text('language.other')}
      </Row>
    </Command.Group>
  );
}
