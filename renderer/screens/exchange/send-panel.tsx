import { Plug, Send } from 'lucide-react';
import { useState } from 'react';
import { financialYearBounds, formatDate } from '../../../shared/kernel/dates.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { DateInput, Select, TextInput } from '../../components/inputs.tsx';
import { useKeys } from '../../components/keys.tsx';
import { readDay } from '../../components/read-day.ts';
import { useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useCall } from '../../data/use-call.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../i18n/text.ts';
import { Outcome } from './outcome.tsx';

type What = 'masters' | 'vouchers';
type Way = 'file' | 'tally';

/** Sends masters or the vouchers of a period: into a file, or straight into an open company. */
export function SendPanel({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const desk = useDesk();
  const { financialYear, today } = useWork();
  const bounds = financialYearBounds(financialYear);
  const [from, setFrom] = useState(formatDate(bounds.first));
  const [to, setTo] = useState(formatDate(bounds.last));
  const [what, setWhat] = useState<What>('masters');
  const [way, setWay] = useState<Way>('file');
  const [host, setHost] = useState('http://localhost:9000');
  const [company, setCompany] = useState('');
  const job = useJob();
  const [first, last] = [readDay(from, today), readDay(to, today)];
  const isBackward = first.ok && last.ok && first.value > last.value;
  const ready = first.ok && last.ok && !isBackward && !job.running && (way === 'file' || company !== '');

  const send = (): void => {
    if (!first.ok || !last.ok) return;
    const order = { collegeId, from: first.value, to: last.value, what };
    const target = way === 'file' ? ({ way } as const) : ({ way, host, company } as const);
    void job.start(() => desk.call('exchange.export', { ...order, ...target }));
  };
  useKeys([{ keys: 'Ctrl+Enter', label: text('exchange.sendNow'), run: send, enabled: ready }]);
  return (
    <div className="stack exchange">
      <section className="panel stack" aria-label={text('exchange.send')}>
        <div className="exchange-fields">
          <Field label={text('exchange.what')}>
            {(field) => (
              <Select
                {...field}
                value={what}
                onChange={(value) => setWhat(value === 'vouchers' ? 'vouchers' : 'masters')}
                options={[
                  { value: 'masters', label: text('exchange.what.masters') },
                  { value: 'vouchers', label: text('exchange.what.vouchers') },
                ]}
              />
            )}
          </Field>
          <Field label={text('exchange.from')} error={first.ok ? null : text('exchange.dayWrong')}>
            {(field) => <DateInput {...field} value={from} onChange={setFrom} today={today} />}
          </Field>
          {what === 'vouchers' && (
            <Field
              label={text('exchange.to')}
              error={isBackward ? text('exchange.backward') : last.ok ? null : text('exchange.dayWrong')}
            >
              {(field) => <DateInput {...field} value={to} onChange={setTo} today={today} />}
            </Field>
          )}
          <Field label={text('exchange.way')}>
            {(field) => (
              <Select
                {...field}
                value={way}
                onChange={(value) => setWay(value === 'tally' ? 'tally' : 'file')}
                options={[
                  { value: 'file', label: text('exchange.way.file') },
                  { value: 'tally', label: text('exchange.way.tally') },
                ]}
              />
            )}
          </Field>
        </div>
        <p className="muted">{text(`exchange.about.${what}`)}</p>
        {way === 'tally' && <Connection host={host} onHost={setHost} company={company} onCompany={setCompany} />}
        <div className="line">
          <Button look="primary" icon={Send} keys="Ctrl+Enter" disabled={!ready} onClick={send}>
            {text(way === 'file' ? 'exchange.writeFile' : 'exchange.sendNow')}
          </Button>
          {way === 'file' && <span className="muted">{text(`exchange.gateway.${what}`)}</span>}
        </div>
      </section>
      <Outcome
        job={job}
        running={text(way === 'file' ? 'exchange.writing' : 'exchange.sending')}
        figures={way === 'file' ? 'written' : 'sent'}
      />
    </div>
  );
}

interface ConnectionProps {
  readonly host: string;
  readonly company: string;
  onHost(host: string): void;
  onCompany(company: string): void;
}

/** Where Tally listens, and which of its open companies takes the books. */
function Connection({ host, company, onHost, onCompany }: ConnectionProps) {
  const text = useText();
  const desk = useDesk();
  const { busy, error, run } = useCall();
  const [companies, setCompanies] = useState<readonly string[] | null>(null);
  const look = async (): Promise<void> => {
    const done = await run(async () => {
      const found = (await desk.call('exchange.companies', { host })).companies;
      setCompanies(found);
      onCompany(found[0] ?? '');
      return true;
    });
    if (done !== null) return;
    setCompanies(null);
    onCompany('');
  };
  useKeys([{ keys: 'Alt+T', label: text('exchange.test'), run: () => void look(), enabled: !busy }]);
  return (
    <div className="stack-tight">
      <div className="exchange-fields">
        <Field label={text('exchange.host')} hint={text('exchange.hostHint')}>
          {(field) => (
            <TextInput
              {...field}
              value={host}
              spellCheck={false}
              onChange={(value) => {
                onHost(value);
                onCompany('');
                setCompanies(null);
              }}
            />
          )}
        </Field>
        <Button icon={Plug} keys="Alt+T" busy={busy} disabled={host.trim() === ''} onClick={() => void look()}>
          {text('exchange.test')}
        </Button>
        {companies !== null && companies.length > 0 && (
          <Field label={text('exchange.company')}>
            {(field) => (
              <Select
                {...field}
                value={company}
                onChange={onCompany}
                options={companies.map((name) => ({ value: name, label: name }))}
              />
            )}
          </Field>
        )}
      </div>
      {companies !== null && <p role="status">{text('exchange.found', { count: companies.length })}</p>}
      {error !== null && <ErrorPanel error={error} />}
    </div>
  );
}
