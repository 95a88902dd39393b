import { CloudOff, RefreshCw, Wifi } from 'lucide-react';
import type { Session } from '../../../shared/ipc/contract/session.ts';
import type { SyncStatus } from '../../../shared/ipc/contract/sync.ts';
import type { Output } from '../../../shared/ipc/contract.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Instant } from '../../components/figures.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useCalls } from '../../data/use-call.ts';
import { nowMs } from '../../host/system.ts';
import { nameOf, useText } from '../../i18n/text.ts';
import { AttentionCard } from './attention-card.tsx';
import { Compare } from './compare.tsx';
import './sync.css';
import { syncWords } from './sync-words.ts';

type Pending = Output<'sync.pendingList'>['rows'];

/** Where this desk stands with the server: in words, what waits, and what was refused with the ways on. */
export function Sync() {
  const text = useText();
  const desk = useDesk();
  const { session } = useWork();
  const status = useAsk('sync.status', {});
  const attention = useAsk('attention.list', {});
  const pending = useAsk('sync.pendingList', {});
  const { busy, error, run } = useCalls<'now' | 'pause'>();
  const paused = status.data?.paused ?? false;

  const tell = async (what: 'now' | 'pause', deed: () => Promise<unknown>): Promise<void> => {
    await run(what, async () => {
      await deed();
      await Promise.all([status.refetch(), pending.refetch(), attention.refetch()]);
    });
  };
  const now = (): void => void tell('now', () => desk.call('sync.now', {}));
  const pause = (): void => void tell('pause', () => desk.call('sync.pause', { paused: !paused }));
  useKeys([
    { keys: 'Ctrl+Enter', label: text('syncPage.now'), run: now, enabled: !paused },
    { keys: 'Alt+W', label: text(paused ? 'syncPage.resume' : 'syncPage.pause'), run: pause },
  ]);
  const failed = error ?? attention.error ?? pending.error ?? status.error;
  const refused = attention.data?.rows ?? [];
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.sync')}</h1>
        <span className="push" />
        <Button icon={paused ? Wifi : CloudOff} keys="Alt+W" busy={busy === 'pause'} onClick={pause}>
          {text(paused ? 'syncPage.resume' : 'syncPage.pause')}
        </Button>
        <Button look="primary" icon={RefreshCw} keys="Ctrl+Enter" busy={busy === 'now'} disabled={paused} onClick={now}>
          {text('syncPage.now')}
        </Button>
      </header>
      <div className="screen-body">
        <div className="stack sync-page">
          {failed !== null && <ErrorPanel error={failed} kept={text('syncPage.kept')} />}
          {status.data === undefined ? <Skeleton /> : <State status={status.data} />}
          {refused.length > 0 && (
            <section className="stack" aria-labelledby="attention-title">
              <h2 id="attention-title">{text('attention.title', { count: refused.length })}</h2>
              <p className="muted">{text('attention.lead')}</p>
              <ul className="stack">
                {refused.map((row) => (
                  <AttentionCard key={row.seq} row={row} />
                ))}
              </ul>
            </section>
          )}
          {pending.data !== undefined && <PendingList rows={pending.data.rows} />}
          {session.device !== null && <Compare disabled={paused || busy !== null} />}
          {status.data !== undefined && <Facts session={session} status={status.data} />}
        </div>
      </div>
    </div>
  );
}

function State({ status }: { readonly status: SyncStatus }) {
  const text = useText();
  const words = syncWords(status, nowMs(), text);
  return (
    <section className={`panel stack-tight sync-state is-${words.tone}`} aria-label={text('syncPage.state')}>
      <div role="status">
        <h2>{words.headline}</h2>
        {words.facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
      </div>
      {status.error !== null && !status.paused && <ErrorPanel error={status.error} />}
    </section>
  );
}

/** Beyond this many the list says how many more there are. */
const SHOWN_MAX = 200;

function PendingList({ rows }: { readonly rows: Pending }) {
  const text = useText();
  return (
    <section className="panel stack-tight" aria-label={text('syncPage.pendingTitle')}>
      <h2>{text('syncPage.pendingTitle')}</h2>
      {rows.length === 0 ? (
        <p className="muted">{text('syncPage.pendingNone')}</p>
      ) : (
        <table className="plain-table">
          <caption className="visually-hidden">{text('syncPage.pendingTitle')}</caption>
          <thead>
            <tr>
              <th scope="col">{text('syncPage.entry')}</th>
              <th scope="col">{text('expenses.reference')}</th>
              <th scope="col">{text('syncPage.by')}</th>
              <th scope="col">{text('syncPage.when')}</th>
              <th scope="col">{text('field.status')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN_MAX).map((row) => (
              <tr key={row.seq}>
                <th scope="row">{nameOf(text, 'command', row.name)}</th>
                <td>{row.reference ?? ''}</td>
                <td>{row.actorName}</td>
                <td>
                  <Instant at={row.occurredAt} />
                </td>
                <td>{text(`syncPage.waits.${row.status}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {rows.length > SHOWN_MAX && <p className="muted">{text('syncPage.more', { count: rows.length - SHOWN_MAX })}</p>}
    </section>
  );
}

function Facts({ session, status }: { readonly session: Session; readonly status: SyncStatus }) {
  const text = useText();
  const { device } = session;
  if (device === null) return null;
  const facts: readonly (readonly [string, string])[] = [
    [text('syncPage.desk'), device.name],
    [text('syncPage.deskId'), device.id],
    [text('syncPage.server'), device.serverName],
    [text('syncPage.address'), device.serverUrl],
    ...status.colleges.map(
      ({ code, cursor }) =>
        [text('syncPage.college', { code }), text('syncPage.cursor', { cursor: String(cursor) })] as const,
    ),
  ];
  return (
    <section className="panel stack-tight" aria-label={text('syncPage.facts')}>
      <h2>{text('syncPage.facts')}</h2>
      <dl className="sync-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
