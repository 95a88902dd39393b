import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { ExpenseFields } from '../../../shared/domain/command/args.ts';
import type { MunimError } from '../../../shared/kernel/errors.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { formatRupees } from '../../../shared/kernel/money.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { readDay } from '../../components/read-day.ts';
import { useDesk } from '../../data/desk.tsx';
import { useKeepDraft } from '../../data/keep-draft.ts';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { type Beginning, blank } from './beginning.ts';
import { BillSide } from './bill-side.tsx';
import './expense-form.css';
import { type Draft, draftText } from './draft.ts';
import { readExpense, type ValueName } from './expense-values.ts';
import { FormFields } from './form-fields.tsx';
import { useFormReceipts } from './form-receipts.tsx';
import { holdStill } from './hold-still.ts';
import { moveOn } from './move-on.ts';
import { type SaveOutcome, useSave } from './use-save.ts';
import { VendorDialog } from './vendor-dialog.tsx';

interface Props {
  readonly formName: string;
  readonly collegeId: Id;
  readonly begin: Beginning;
  readonly resumed: Draft | null;
  readonly reference: string | null;
  readonly receiptsThere: number;
}

/** The form itself: one column to type in, the figures at the side, and what became of the last bill on top. */
export function FormBody({ formName, collegeId, begin, resumed, reference, receiptsThere }: Props) {
  const text = useText();
  const [, goTo] = useLocation();
  const { today } = useWork();
  const masters = useMasters(collegeId);
  const isNew = begin.base === null;
  const [start, setStart] = useState<Beginning>(begin);
  const [state, setState] = useState<Beginning>(resumed ?? begin);
  const [continued, setContinued] = useState(resumed !== null);
  const [left, setLeft] = useState<ReadonlySet<ValueName>>(new Set());
  const [vendorName, setVendorName] = useState<string | null>(null);
  const [outcome, setOutcome] = useState<SaveOutcome | null>(null);
  const desk = useDesk();
  const receipts = useFormReceipts();
  const read = readExpense(state.values, today);
  const changed = state.values !== start.values;
  const draft = useKeepDraft(formName, changed ? draftText(state) : null);
  const save = useSave(collegeId);
  const [accepting, setAccepting] = useState(false);

  const back = isNew ? '/expenses' : `/expenses/${state.expenseId}`;
  const begun = (next: Beginning): void => {
    // Leaving the field now counts for the old form; afterwards it would mark an empty field of the new one.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    setStart(next);
    setState(next);
    setContinued(false);
    setLeft(new Set());
  };
  const leave = async (): Promise<void> => {
    if (accepting) return;
    await draft.flush();
    if (changed) announce(text('form.draftKept'));
    goTo(back);
  };
  const accept = async (submit: boolean): Promise<void> => {
    if (accepting) return;
    if (read.fields === null) {
      setLeft(new Set(Object.keys(state.values) as ValueName[]));
      focusField(Object.keys(read.problems)[0]);
      return;
    }
    setAccepting(true);
    try {
      await acceptFields(read.fields, submit);
    } finally {
      setAccepting(false);
    }
  };
  const acceptFields = async (fields: ExpenseFields, submit: boolean): Promise<void> => {
    const done = await save.run({
      expenseId: state.expenseId,
      base: state.base,
      fields,
      vendorName: state.values.vendorName,
      submit,
      attach: () =>
        receipts.attachAll((fileId) => desk.call('receipts.attach', { collegeId, expenseId: state.expenseId, fileId })),
    });
    if (done === null) return;
    await draft.drop();
    setOutcome(done);
    announce(text(done.submitted ? 'form.submitted' : 'form.saved', { reference: done.reference ?? reference ?? '' }));
    if (isNew) {
      const next = blank(today);
      begun({ ...next, values: { ...next.values, billDate: state.values.billDate } });
      focusField('vendorId');
    } else if (done.problem === null) goTo(back);
  };

  useKeys([
    { keys: 'Ctrl+A', label: text('form.save'), run: () => void accept(false) },
    { keys: 'Ctrl+Enter', label: text('form.saveSubmit'), run: () => void accept(true) },
    { keys: 'Alt+C', label: text('vendorDialog.title'), run: () => setVendorName(vendorTyped()), enabled: !accepting },
    { keys: 'Alt+T', label: text('do.attach'), run: receipts.choose, enabled: !accepting },
    { keys: 'F2', label: text('form.toDate'), run: () => focusField('billDate') },
    { keys: 'Escape', label: text('form.leave'), run: () => void leave() },
  ]);

  const day = readDay(state.values.billDate, today);
  const category = masters.categories.find(({ code }) => code === state.values.category);
  return (
    <div className="screen">
      <header className="screen-head document-head">
        <h1>{reference === null ? text('expenses.new') : text('form.editTitle', { reference })}</h1>
        <span className="push" />
        <Button look="quiet" keys="Esc" onClick={() => void leave()}>
          {text('action.back')}
        </Button>
        <Button keys="Ctrl+Enter" busy={accepting} onClick={() => void accept(true)}>
          {text('form.saveSubmit')}
        </Button>
        <Button look="primary" keys="Ctrl+A" busy={accepting} onClick={() => void accept(false)}>
          {text('form.save')}
        </Button>
      </header>
      <div className="screen-body bill">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter moves between the fields inside. */}
        <div className="bill-fields stack" aria-busy={accepting} {...(accepting ? holdStill : {})} onKeyDown={moveOn}>
          {outcome !== null && <LastSaved outcome={outcome} />}
          {continued && (
            <div className="notice" role="status">
              {text('form.continued')}
              <Button look="quiet" onClick={() => begun(begin)}>
                {text('form.startAfresh')}
              </Button>
            </div>
          )}
          {save.error !== null && <SaveRefused error={save.error} />}
          <FormFields
            collegeId={collegeId}
            masters={masters}
            today={today}
            values={state.values}
            change={(part) => {
              if (!accepting) setState((now) => ({ ...now, values: { ...now.values, ...part } }));
            }}
            problem={(name) => {
              const key = left.has(name) ? read.problems[name] : undefined;
              return key === undefined ? null : text(key);
            }}
            leave={(name) => setLeft((now) => new Set(now).add(name))}
            onNewVendor={setVendorName}
          />
          {receipts.view}
          <Button keys="Ctrl+A" busy={accepting} onClick={() => void accept(false)} data-accept>
            {text('form.save')}
          </Button>
        </div>
        <BillSide
          collegeId={collegeId}
          expenseId={state.expenseId}
          values={state.values}
          read={read}
          day={day.ok ? day.value : today}
          receiptFrom={category?.receiptThresholdPaise ?? null}
          receipts={receiptsThere + receipts.waiting.length}
        />
      </div>
      {vendorName !== null && (
        <VendorDialog
          collegeId={collegeId}
          name={vendorName}
          onClose={() => setVendorName(null)}
          onMade={({ id, name }) => {
            setState((now) => ({ ...now, values: { ...now.values, vendorId: id, vendorName: name } }));
            setVendorName(null);
            focusField('billNo');
          }}
        />
      )}
    </div>
  );
}

/** Puts the cursor into a field, once it stands there as it will. */
function focusField(name: string | undefined): void {
  setTimeout(() => document.querySelector<HTMLElement>(`[data-field="${name}"] :is(input, textarea, select)`)?.focus());
}

/** What stands in the vendor field now, for Alt+C. */
const vendorTyped = (): string => {
  const field = document.querySelector('[data-field="vendorId"] input');
  return field instanceof HTMLInputElement ? field.value : '';
};

function SaveRefused({ error }: { readonly error: MunimError }) {
  const text = useText();
  const other = error.code === 'EXPENSE_DUPLICATE_BILL' ? error.details.expenseId : undefined;
  return (
    <>
      <ErrorPanel error={error} kept={text('form.keptTyped')} />
      {typeof other === 'string' && <Link href={`/expenses/${other}`}>{text('form.duplicateOpen')}</Link>}
    </>
  );
}

/** What became of the bill before: it stays until the next one, because a toast would be missed. */
function LastSaved({ outcome }: { readonly outcome: SaveOutcome }) {
  const text = useText();
  const values = {
    reference: outcome.reference ?? '',
    vendor: outcome.vendorName,
    amount: formatRupees(outcome.totalPaise),
  };
  return (
    <div className="stack-tight">
      <p className="notice" role="status">
        {text(outcome.submitted ? 'form.lastSubmitted' : 'form.lastSaved', values)}
        <Link href={`/expenses/${outcome.expenseId}`}>{text('form.open')}</Link>
      </p>
      {outcome.problem !== null && <ErrorPanel error={outcome.problem} kept={text('form.savedAnyway', values)} />}
    </div>
  );
}
