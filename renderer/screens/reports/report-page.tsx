import { type ReactNode, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { ReportName, ReportQuestion } from '../../../shared/domain/report/names.ts';
import type { Session } from '../../../shared/ipc/contract/session.ts';
import { addDays, financialYearBounds, type IsoDate, monthOf } from '../../../shared/kernel/dates.ts';
import { Button } from '../../components/button.tsx';
import { Combobox } from '../../components/combobox.tsx';
import { ExportMenu } from '../../components/export-menu.tsx';
import { Field } from '../../components/field.tsx';
import { DateInput, Select } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { readDay } from '../../components/read-day.ts';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { monthBounds } from '../../format/month.ts';
import { useLanguage, useText } from '../../i18n/text.ts';
import { DocumentTable } from './document-table.tsx';
import { LedgerTable } from './ledger-table.tsx';
import { addressOf, type ReportChoice } from './report-address.ts';

interface Props {
  readonly college: Session['colleges'][number];
  readonly choice: ReportChoice;
}

/** Statements as at one day are asked for by that day alone. */
const asAtOneDay: readonly ReportName[] = ['balance_sheet', 'ageing', 'budget', 'monthly'];

/** One report: what it is narrowed to, its rows with a way down, and the file of it. */
export function ReportPage({ college, choice }: Props) {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const [, goTo] = useLocation();
  const { financialYear, today } = useWork();
  const bounds = financialYearBounds(financialYear);
  const from = choice.from ?? bounds.first;
  const isRunning = today < bounds.last;
  const to = choice.to ?? (isRunning ? today : bounds.last);
  const change = (part: Partial<ReportChoice>): void =>
    goTo(addressOf({ ...choice, from, to, ...part }), { replace: true });
  const missing =
    ((choice.report === 'ledger' || choice.report === 'bank_reconciliation') && choice.accountCode === undefined) ||
    (choice.report === 'utilisation' && choice.centreCode === undefined);
  const { report, accountCode, vendorId, centreCode } = choice;
  const question: ReportQuestion = {
    ...{ report, collegeId: college.id, from, to, language },
    ...(accountCode === undefined ? {} : { accountCode }),
    ...(vendorId === undefined ? {} : { vendorId }),
    ...(centreCode === undefined ? {} : { centreCode }),
  };
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text(`report.${report}`)}</h1>
        <span className="muted">{college.name}</span>
        <span className="push" />
        <Button look="quiet" keys="Esc" onClick={() => goTo('/reports')}>
          {text('screen.reports')}
        </Button>
        {!missing && (
          <ExportMenu
            formats={['pdf', 'xlsx', 'csv']}
            begin={(format) => desk.call('reports.export', { question, format })}
            keys={[
              { keys: 'Alt+P', format: 'pdf', label: text('reports.print') },
              { keys: 'Alt+E', format: 'xlsx', label: text('export.xlsx') },
            ]}
          />
        )}
      </header>
      <Controls
        key={`${from} ${to}`}
        choice={{ ...choice, from, to }}
        collegeId={college.id}
        today={today}
        change={change}
        onBack={() => goTo('/reports')}
      />
      {missing ? (
        <div className="screen-body">
          <p className="muted">{text(report === 'utilisation' ? 'reports.needsCentre' : 'reports.needsAccount')}</p>
        </div>
      ) : report === 'ledger' ? (
        <LedgerTable question={question} />
      ) : (
        <DocumentTable question={question} />
      )}
    </div>
  );
}

interface ControlsProps {
  readonly choice: ReportChoice & { readonly from: IsoDate; readonly to: IsoDate };
  readonly collegeId: string;
  readonly today: IsoDate;
  change(part: Partial<ReportChoice>): void;
  onBack(): void;
}

function Controls({ choice, collegeId, today, change, onBack }: ControlsProps) {
  const text = useText();
  const first = useRef<HTMLDivElement>(null);
  const { report, from, to } = choice;
  const oneDay = asAtOneDay.includes(report);
  useKeys([
    { keys: 'Alt+F2', label: text('reports.period'), run: () => first.current?.querySelector('input')?.select() },
    { keys: 'Escape', label: text('screen.reports'), run: onBack, hidden: true },
  ]);
  return (
    <div className="report-controls" ref={first}>
      {!oneDay && (
        <Day label={text('reports.from')} value={from} today={today} onRead={(day) => change({ from: day })} />
      )}
      <Day
        label={text(oneDay ? 'reports.asAt' : 'reports.to')}
        value={to}
        today={today}
        onRead={(day) => change(day < from ? { from: day, to: day } : { to: day })}
      />
      {!oneDay && <QuickPeriod from={from} to={to} today={today} change={change} />}
      <Narrow choice={choice} collegeId={collegeId} change={change} />
    </div>
  );
}

/** A day that counts once the field is left or Enter is pressed. */
function Day(props: {
  readonly label: string;
  readonly value: IsoDate;
  readonly today: IsoDate;
  onRead(day: IsoDate): void;
}) {
  const text = useText();
  const { label, value, today, onRead } = props;
  const [typed, setTyped] = useState(value.split('-').reverse().join('-'));
  const [wrong, setWrong] = useState(false);
  const settle = (): void => {
    const read = readDay(typed, today);
    setWrong(!read.ok);
    if (read.ok && read.value !== value) onRead(read.value);
  };
  return (
    <Field label={label} error={wrong ? text('problem.not_a_date') : null}>
      {(field) => (
        <DateInput
          {...field}
          today={today}
          value={typed}
          onChange={setTyped}
          onBlur={settle}
          onKeyDown={(event) => event.key === 'Enter' && settle()}
        />
      )}
    </Field>
  );
}

function QuickPeriod({
  from,
  to,
  today,
  change,
}: {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly today: IsoDate;
  change(part: Partial<ReportChoice>): void;
}) {
  const text = useText();
  const { session } = useWork();
  const month = monthBounds(monthOf(today));
  const before = monthBounds(monthOf(addDays(month.first, -1)));
  const years = session.financialYears.map((year) => {
    const { first, last } = financialYearBounds(year);
    return { value: `${first} ${last}`, label: text('year.label', { year }) };
  });
  const options = [
    { value: '', label: text('reports.otherPeriod') },
    { value: `${month.first} ${month.last}`, label: text('reports.thisMonth') },
    { value: `${before.first} ${before.last}`, label: text('reports.lastMonth') },
    ...years,
  ];
  const now = `${from} ${to}`;
  return (
    <Field label={text('reports.period')}>
      {(field) => (
        <Select
          {...field}
          value={options.some(({ value }) => value === now) ? now : ''}
          options={options}
          onChange={(value) => {
            const [first, last] = value.split(' ');
            if (first !== undefined && last !== undefined) change({ from: first, to: last });
          }}
        />
      )}
    </Field>
  );
}

/** The account of a ledger, the fund or grant of a certificate. */
function Narrow({ choice, collegeId, change }: Pick<ControlsProps, 'choice' | 'collegeId' | 'change'>): ReactNode {
  const text = useText();
  const { financialYear } = useWork();
  const { data } = useAsk('chart.get', { collegeId, financialYear });
  if (choice.report === 'ledger' || choice.report === 'bank_reconciliation') {
    const isBank = choice.report === 'bank_reconciliation';
    const accounts = (data?.accounts ?? []).filter(({ role }) => !isBank || role === 'bank');
    return (
      <Field label={text('field.accountCode')}>
        {(field) => (
          <Combobox
            field={field}
            autoFocus={choice.accountCode === undefined}
            value={choice.accountCode ?? null}
            options={accounts.map(({ code, name }) => ({ value: code, label: name, note: code }))}
            onChange={(accountCode) => change({ accountCode })}
            empty={text('reports.noAccount')}
          />
        )}
      </Field>
    );
  }
  if (choice.report !== 'utilisation') return null;
  const centres = (data?.costCentres ?? []).filter(({ kind }) => kind !== 'department');
  return (
    <Field label={text('field.fundCode')}>
      {(field) => (
        <Combobox
          field={field}
          autoFocus={choice.centreCode === undefined}
          value={choice.centreCode ?? null}
          options={centres.map(({ code, name }) => ({ value: code, label: name, note: code }))}
          onChange={(centreCode) => change({ centreCode })}
          empty={text('reports.noCentre')}
        />
      )}
    </Field>
  );
}
