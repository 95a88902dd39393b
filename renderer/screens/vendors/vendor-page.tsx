import { ArrowLeft, Hourglass, Pencil, ReceiptIndianRupee } from 'lucide-react';
import { useState } from 'react';
import type { VendorView } from '../../../shared/ipc/contract/masters.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Money } from '../../components/figures.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Skeleton } from '../../components/states.tsx';
import { Pill } from '../../components/status-pill.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { useOpenList } from '../expenses/use-open-list.ts';
import { VendorForm } from './vendor-form.tsx';
import { vendorFieldNames } from './vendor-values.ts';

/** One vendor: who it is, its bank account, what was billed and what is owed. */
export function VendorPage({ id, onBack }: { readonly id: Id; onBack(): void }) {
  const text = useText();
  const vendor = useAsk('vendors.get', { id });
  useKeys([{ keys: 'Escape', label: text('vendors.back'), run: onBack }]);
  return (
    <div className="screen">
      {vendor.data !== undefined ? (
        <Facts vendor={vendor.data} onBack={onBack} />
      ) : (
        <div className="screen-body stack">
          <div>
            <IconButton icon={ArrowLeft} label={text('vendors.back')} keys="Esc" onClick={onBack} />
          </div>
          {vendor.error === null ? <Skeleton lines={6} /> : <ErrorPanel error={vendor.error} />}
        </div>
      )}
    </div>
  );
}

function Facts({ vendor, onBack }: { readonly vendor: VendorView; onBack(): void }) {
  const text = useText();
  const { role } = useWork();
  const openList = useOpenList();
  const [editing, setEditing] = useState(false);
  const mayEdit = role === 'college_accounts_admin';
  const bills = (): void => openList(vendor.collegeId, { vendor: { id: vendor.id, name: vendor.fields.name } });
  useKeys([
    { keys: 'Alt+L', label: text('vendors.edit'), run: () => setEditing(true), enabled: mayEdit },
    { keys: 'Alt+B', label: text('vendors.showBills'), run: bills },
  ]);
  return (
    <>
      <header className="screen-head">
        <IconButton icon={ArrowLeft} label={text('vendors.back')} keys="Esc" onClick={onBack} />
        <h1>{vendor.fields.name}</h1>
        {!vendor.isActive && <Pill tone="quiet">{text('vendors.inactive')}</Pill>}
        {vendor.pending && (
          <span className="line small muted">
            <Hourglass size={13} aria-hidden="true" />
            {text('expenses.pending')}
          </span>
        )}
        <span className="push" />
        <Button icon={ReceiptIndianRupee} keys="Alt+B" onClick={bills}>
          {text('vendors.showBills')}
        </Button>
        {mayEdit && (
          <Button look="primary" icon={Pencil} keys="Alt+L" onClick={() => setEditing(true)}>
            {text('vendors.edit')}
          </Button>
        )}
      </header>
      <div className="screen-body stack">
        <section className="panel stack" aria-label={text('vendors.figures')}>
          <dl className="vendor-figures">
            <div>
              <dt className="muted">{text('vendors.outstandingNow')}</dt>
              <dd>
                <Money paise={vendor.outstandingPaise} size="large" />
              </dd>
            </div>
            <div>
              <dt className="muted">{text('vendors.billedAll')}</dt>
              <dd>
                <Money paise={vendor.billedPaise} />
              </dd>
            </div>
            <div>
              <dt className="muted">{text('vendors.bills')}</dt>
              <dd>{vendor.expenseCount.toLocaleString('en-IN')}</dd>
            </div>
          </dl>
          <p className="muted small">{text('vendors.basis')}</p>
        </section>
        <section className="panel" aria-label={text('vendors.facts')}>
          <dl className="vendor-facts">
            {vendorFieldNames.map((field) => (
              <div key={field}>
                <dt className="muted small">{text(`field.${field}`)}</dt>
                <dd>{vendor.fields[field] ?? <span className="muted">{text('change.nothing')}</span>}</dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      {editing && (
        <VendorForm
          collegeId={vendor.collegeId}
          vendor={vendor}
          onDone={() => setEditing(false)}
          onClose={() => setEditing(false)}
        />
      )}
    </>
  );
}
