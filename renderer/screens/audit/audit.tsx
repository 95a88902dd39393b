import { ScrollText, ShieldCheck } from 'lucide-react';
import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { Session } from '../../../shared/ipc/contract/session.ts';
import { Button } from '../../components/button.tsx';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { ColumnChooser, DataTable } from '../../components/data-table.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { ExportButton } from '../../components/export-button.tsx';
import { FilterBar, ToggleChip } from '../../components/filter-bar.tsx';
import { SearchInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ListBody } from '../../components/list-body.tsx';
import { EmptyState } from '../../components/states.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useCall } from '../../data/use-call.ts';
import { usePages } from '../../data/use-pages.ts';
import { nowMs } from '../../host/system.ts';
import { useText } from '../../i18n/text.ts';
import { useListMemory } from '../../state/lists.ts';
import './audit.css';
import { useAuditColumns } from './audit-columns.tsx';
import { type AuditRow, EntryDialog } from './entry-dialog.tsx';
import { type Verified, VerifyResult } from './verify-result.tsx';

const LIST = 'audit';
type College = Session['colleges'][number];

/** Every step of a college in the order of its chain. `/audit/:documentId` shows one document alone. */
export function Audit() {
  const text = useText();
  const { college } = useWork();
  if (college !== null) return <Trail key={college.id} college={college} />;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.audit')}</h1>
      </header>
      <div className="screen-body">
        <ChooseCollege title={text('audit.choose')} hint={text('audit.chooseHint')} />
      </div>
    </div>
  );
}

/** Walks the chain on this desk; one walk at a time. */
function useVerify(collegeId: string) {
  const desk = useDesk();
  const { busy, error, run } = useCall();
  const [verified, setVerified] = useState<Verified | null>(null);
  const verify = async (): Promise<void> => {
    setVerified(null);
    await run(async () => {
      setVerified({ report: await desk.call('audit.verify', { collegeId }), at: nowMs() });
    });
  };
  return { busy, verified, error, verify };
}

function Trail({ college }: { readonly college: College }) {
  const text = useText();
  const [location, goTo] = useLocation();
  const { financialYear } = useWork();
  const documentId = location.split('/')[2] ?? '';
  const [memory, remember] = useListMemory(LIST);
  const typed = typeof memory.filter === 'string' ? memory.filter : '';
  const search = useRef<HTMLInputElement>(null);
  const [shown, setShown] = useState<AuditRow | null>(null);
  const { busy, verified, error, verify } = useVerify(college.id);
  const pages = usePages('audit.page', {
    collegeId: college.id,
    text: typed.trim(),
    documentId: documentId === '' ? null : documentId,
  });
  const columns = useAuditColumns();
  const count = pages.head?.count ?? 0;
  const choose = (filter: string): void => remember({ filter, active: 0, scrollTop: 0 });
  const showAll = (): void => {
    choose('');
    goTo('/audit');
  };
  useKeys([
    { keys: 'Alt+Y', label: text('audit.verify'), run: () => void verify() },
    { keys: '/', label: text('audit.search'), run: () => search.current?.focus(), hidden: true },
  ]);
  const narrowed = typed.trim() !== '' || documentId !== '';
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.audit')}</h1>
        <span className="muted">{college.name}</span>
        <span className="push" />
        {/* The export knows no single document, and it must never hold more than the list shows. */}
        {documentId === '' && (
          <ExportButton
            order={{
              kind: 'audit',
              collegeId: college.id,
              financialYear,
              filter: null,
              sort: null,
              text: typed.trim(),
            }}
          />
        )}
        <ColumnChooser listKey={LIST} columns={columns} />
        <Button look="primary" icon={ShieldCheck} keys="Alt+Y" busy={busy} onClick={() => void verify()}>
          {text(busy ? 'audit.verifying' : 'audit.verify')}
        </Button>
      </header>
      {verified !== null && <VerifyResult verified={verified} />}
      {error !== null && (
        <div className="audit-error">
          <ErrorPanel error={error} />
        </div>
      )}
      <FilterBar>
        <SearchInput label={text('audit.search')} keys="/" inputRef={search} value={typed} onChange={choose} />
        {documentId !== '' && <ToggleChip label={text('audit.onlyDocument')} on onChange={() => goTo('/audit')} />}
      </FilterBar>
      <ListBody
        error={pages.error}
        loading={pages.head === undefined}
        count={count}
        empty={
          <EmptyState
            icon={ScrollText}
            title={text(narrowed ? 'audit.noneMatch' : 'audit.none')}
            hint={text(narrowed ? 'audit.noneMatchHint' : 'audit.noneHint')}
          >
            {narrowed && <Button onClick={showAll}>{text('audit.showAll')}</Button>}
          </EmptyState>
        }
      >
        <DataTable
          listKey={LIST}
          label={text('screen.audit')}
          columns={columns}
          count={count}
          rowAt={pages.rowAt}
          rowKey={(row: AuditRow) => row.commandId}
          onRange={pages.onRange}
          onOpen={(row) => setShown(row)}
          openKey={shown?.commandId ?? null}
          autoFocus
          footer={text('audit.count', { count })}
        />
      </ListBody>
      {shown !== null && (
        <EntryDialog
          row={shown}
          onOnly={
            shown.documentId === null || documentId !== ''
              ? null
              : () => {
                  goTo(`/audit/${shown.documentId}`);
                  setShown(null);
                }
          }
          onOpen={
            shown.documentId === null || shown.reference === null ? null : () => goTo(`/expenses/${shown.documentId}`)
          }
          onClose={() => setShown(null)}
        />
      )}
    </div>
  );
}
