import {
  Building2,
  CalendarDays,
  CircleCheck,
  CloudOff,
  FileWarning,
  Hourglass,
  RefreshCw,
  TriangleAlert,
} from 'lucide-react';
import { useEffect, useState } from 'react';
import { Link } from 'wouter';
import type { Session } from '../../shared/ipc/contract/session.ts';
import type { SyncStatus } from '../../shared/ipc/contract/sync.ts';
import { useAsk, useDesk } from '../data/desk.tsx';
import { useWork } from '../data/session.ts';
import { errorText } from '../format/error-text.ts';
import { formatInstant } from '../format/instant.ts';
import { nowMs } from '../host/system.ts';
import { useLanguage, useText } from '../i18n/text.ts';
import { expiryNotice } from '../screens/connections/expiry-words.ts';
import { CONNECTORS } from './screens.tsx';

interface Props {
  readonly session: Session;
  onCollege(): void;
  onYear(): void;
}

/** Always the truth about what this line says: sync, waiting entries, attention, college and year. */
export function StatusBar({ session, onCollege, onYear }: Props) {
  const text = useText();
  const { college, financialYear, role } = useWork();
  const { data: sync } = useAsk('sync.status', {});
  const ledger = useLedgerState();
  return (
    <section className="status-bar" aria-label={text('status.bar')}>
      {ledger !== 'ready' ? (
        <span className="status-item is-bad">
          <TriangleAlert size={13} aria-hidden="true" />
          {text(`ledger.${ledger}`)}
        </span>
      ) : (
        sync !== undefined && <SyncPart sync={sync} />
      )}
      {sync !== undefined && sync.attention > 0 && (
        <Link href="/sync" className="status-item is-bad">
          <TriangleAlert size={13} aria-hidden="true" />
          {text('sync.attention', { count: sync.attention })}
        </Link>
      )}
      {sync !== undefined && sync.parked > 0 && (
        <Link href="/sync" className="status-item is-warn">
          <Hourglass size={13} aria-hidden="true" />
          {text('sync.parked', { count: sync.parked })}
        </Link>
      )}
      {CONNECTORS.includes(role) && <CertificatePart />}
      <span className="push" />
      <button type="button" className="status-item" onClick={onYear} title={`${text('year.switch')} (Alt+F2)`}>
        <CalendarDays size={13} aria-hidden="true" />
        {text('year.label', { year: financialYear })}
      </button>
      {session.colleges.length > 1 ? (
        <button type="button" className="status-item" onClick={onCollege} title={`${text('college.switch')} (F3)`}>
          <Building2 size={13} aria-hidden="true" />
          {college?.name ?? text('college.all')}
        </button>
      ) : (
        <span className="status-item">
          <Building2 size={13} aria-hidden="true" />
          {college?.name ?? text('college.none')}
        </span>
      )}
    </section>
  );
}

function SyncPart({ sync }: { readonly sync: SyncStatus }) {
  const text = useText();
  const language = useLanguage();
  const waiting = sync.pending > 0 ? text('sync.waiting', { count: sync.pending }) : null;
  const why = sync.error === null ? undefined : errorText(sync.error.code, sync.error.details, language).cause;
  const last = sync.lastSyncedAt === null ? null : formatInstant(sync.lastSyncedAt, nowMs(), text);
  const shown = {
    offline: { icon: CloudOff, look: 'is-warn', label: text(sync.paused ? 'sync.paused' : 'sync.offline') },
    refused: { icon: TriangleAlert, look: 'is-bad', label: text('sync.refused') },
    syncing: {
      icon: RefreshCw,
      look: '',
      label: sync.receivedRows === null ? text('sync.syncing') : text('sync.receiving', { count: sync.receivedRows }),
    },
    synced: {
      icon: CircleCheck,
      look: 'is-ok',
      label: last === null ? text('sync.synced') : text('sync.syncedAt', { at: last }),
    },
  }[sync.state];
  const Icon = shown.icon;
  return (
    <Link href="/sync" className={`status-item ${shown.look}`} title={why}>
      <Icon size={13} aria-hidden="true" />
      <span role="status">{waiting === null ? shown.label : `${shown.label}, ${waiting}`}</span>
    </Link>
  );
}

/** Certificates of banks that have ended or soon will; nothing while there are none. */
function CertificatePart() {
  const text = useText();
  const { data } = useAsk('connections.list', {});
  const notice = data === undefined ? null : expiryNotice(data, nowMs(), text);
  if (notice === null) return null;
  return (
    <Link href="/connections" className={`status-item is-${notice.tone}`}>
      <FileWarning size={13} aria-hidden="true" />
      {notice.words}
    </Link>
  );
}

function useLedgerState(): 'ready' | 'restarting' | 'gave_up' {
  const desk = useDesk();
  const [state, setState] = useState<'ready' | 'restarting' | 'gave_up'>('ready');
  useEffect(() => desk.on('ledger', (event) => setState(event.state)), [desk]);
  return state;
}
