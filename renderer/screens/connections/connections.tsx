import { Landmark, Plus } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ConnectionsView, ConnectionView } from '../../../shared/ipc/contract/connections.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useCalls } from '../../data/use-call.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { ConnectionCard } from './connection-card.tsx';
import { ConnectionDialog } from './connection-dialog.tsx';
import './connections.css';
import { type Deed, isPossible } from './deeds.ts';
import { RemoveDialog } from './remove-dialog.tsx';

type Open = { readonly kind: 'edit'; readonly connection: ConnectionView | null } | { readonly kind: 'remove' } | null;

/** The connections of this desk to banks: how each stands, setting it up, its secrets and certificates, and trying it. */
export function Connections() {
  const text = useText();
  const desk = useDesk();
  const language = useLanguage();
  const { college } = useWork();
  const list = useAsk('connections.list', {});
  const [open, setOpen] = useState<Open>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const { busy, error, run: call } = useCalls<Deed>();
  const cards = useRef<HTMLUListElement>(null);
  const view = list.data;
  const connections = view?.connections ?? [];
  const at = Math.max(
    0,
    connections.findIndex(({ id }) => id === chosen),
  );
  const selected = connections[at];
  const offer = view?.connectors.find(({ id }) => id === selected?.connectorId);
  const mayAdd = view !== undefined && view.connectors.length > 0 && college !== null;

  const run = async (deed: Deed, work: () => Promise<string | null>): Promise<void> => {
    if (busy !== null) return;
    const said = await call(deed, work);
    if (said !== null) announce(said);
    void list.refetch();
  };
  const ask = (deed: 'secrets' | 'certificate' | 'authority', { id }: ConnectionView): void => {
    const channel = (
      {
        secrets: 'connections.askSecrets',
        certificate: 'connections.importCertificate',
        authority: 'connections.importAuthority',
      } as const
    )[deed];
    void run(deed, async () => {
      const { done } = await desk.call(channel, { id, language });
      return done ? text(`connection.${deed}Done`) : null;
    });
  };
  const test = ({ id, connectorName: connector }: ConnectionView): void =>
    void run('test', async () => {
      const { code, availablePaise } = await desk.call('connections.test', { id });
      const amount = availablePaise === null ? '' : formatRupees(availablePaise);
      return code === null ? text('connection.tested', { connector, amount }) : null;
    });
  const act = (deed: Deed, connection: ConnectionView): void => {
    setChosen(connection.id);
    if (deed === 'test') test(connection);
    else if (deed === 'change') setOpen({ kind: 'edit', connection });
    else if (deed === 'remove') setOpen({ kind: 'remove' });
    else ask(deed, connection);
  };
  const move = (by: number): void => {
    const next = connections[Math.min(connections.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setChosen(next.id);
    cards.current?.querySelector<HTMLElement>(`[data-connection="${next.id}"]`)?.focus();
  };
  const may = (deed: Deed): boolean => busy === null && selected !== undefined && isPossible(deed, selected, offer);
  const key = (keys: string, deed: Deed, label: string) => ({
    keys,
    label,
    run: () => {
      if (selected !== undefined) act(deed, selected);
    },
    enabled: may(deed),
  });
  useKeys([
    {
      keys: 'Alt+N',
      label: text('connection.new'),
      run: () => setOpen({ kind: 'edit', connection: null }),
      enabled: mayAdd,
    },
    key('Ctrl+Enter', 'test', text('connection.test')),
    key('Alt+S', 'secrets', text('connection.secretsDo')),
    key('Alt+P', 'certificate', text('connection.certificateImport')),
    key('Alt+A', 'authority', text('connection.authorityDo')),
    key('Alt+L', 'change', text('connection.change')),
    key('Alt+X', 'remove', text('connection.remove')),
    { keys: 'ArrowDown', label: text('connection.list'), run: () => move(1), hidden: true },
    { keys: 'ArrowUp', label: text('connection.list'), run: () => move(-1), hidden: true },
  ]);
  const failed = error ?? list.error;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.connections')}</h1>
        <span className="push" />
        {mayAdd && (
          <Button icon={Plus} keys="Alt+N" onClick={() => setOpen({ kind: 'edit', connection: null })}>
            {text('connection.new')}
          </Button>
        )}
      </header>
      <div className="screen-body">
        <div className="stack connections-page">
          {failed !== null && <ErrorPanel error={failed} />}
          {busy !== null && busy !== 'change' && busy !== 'remove' && (
            <p role="status" className="panel">
              {text(busy === 'test' ? 'connection.testing' : 'connection.waiting')}
            </p>
          )}
          {view === undefined && failed === null && <Skeleton />}
          {view !== undefined && <VaultNotes vault={view.vault} />}
          {view !== undefined && connections.length === 0 && (
            <EmptyState
              icon={Landmark}
              title={text('connection.none')}
              hint={text(
                view.connectors.length === 0
                  ? 'connection.noConnectors'
                  : college === null
                    ? 'connection.chooseCollege'
                    : 'connection.noneHint',
              )}
            />
          )}
          <ul ref={cards} className="stack" aria-label={text('connection.list')}>
            {connections.map((connection) => (
              <li key={connection.id}>
                <ConnectionCard
                  connection={connection}
                  offer={view?.connectors.find(({ id }) => id === connection.connectorId)}
                  isSelected={connection.id === selected?.id}
                  busy={connection.id === selected?.id ? busy : null}
                  onSelect={() => setChosen(connection.id)}
                  onDeed={(deed) => act(deed, connection)}
                />
              </li>
            ))}
          </ul>
        </div>
      </div>
      {open?.kind === 'edit' && view !== undefined && (
        <ConnectionDialog
          connection={open.connection}
          connectors={view.connectors}
          collegeId={open.connection?.collegeId ?? college?.id ?? ''}
          onSaved={(id) => {
            setOpen(null);
            setChosen(id);
            announce(text('connection.saved'));
            void list.refetch();
          }}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === 'remove' && selected !== undefined && (
        <RemoveDialog
          connection={selected}
          onRemoved={() => {
            setOpen(null);
            setChosen(null);
            announce(text('connection.removed'));
            void list.refetch();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </div>
  );
}

/** What there is to say about the key of the vault: trouble first, its age otherwise. */
function VaultNotes({ vault }: { readonly vault: ConnectionsView['vault'] }) {
  const text = useText();
  const { state, keySince, isRotating, keysToDelete } = vault;
  const isBad = state === 'locked' || state === 'lost' || state === 'damaged';
  return (
    <>
      {isBad && (
        <p role="alert" className="panel connection-trouble">
          {text(`vault.${state}`)}
        </p>
      )}
      {(keySince !== null || isRotating || keysToDelete > 0) && (
        <div className="muted small">
          {keySince !== null && <p>{text('vault.key', { at: formatInstant(keySince, nowMs(), text) })}</p>}
          {isRotating && <p>{text('vault.rotating')}</p>}
          {keysToDelete > 0 && <p>{text('vault.keysToDelete', { count: keysToDelete })}</p>}
        </div>
      )}
    </>
  );
}
