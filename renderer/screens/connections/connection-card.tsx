import { FileKey2, KeyRound, Pencil, PlugZap, ShieldCheck, Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { CertificateFacts } from '../../../shared/domain/certificate/facts.ts';
import type { ConnectionView, ConnectorOfferView } from '../../../shared/ipc/contract/connections.ts';
import { formatDate, istDate } from '../../../shared/kernel/dates.ts';
import { Button } from '../../components/button.tsx';
import { classes } from '../../components/classes.ts';
import { Pill } from '../../components/status-pill.tsx';
import { useWork } from '../../data/session.ts';
import { useMasters } from '../../data/use-masters.ts';
import { errorText } from '../../format/error-text.ts';
import { formatInstant } from '../../format/instant.ts';
import { percent } from '../../format/percent.ts';
import { nowMs } from '../../host/system.ts';
import { nameOf, useLanguage, useText } from '../../i18n/text.ts';
import { type Deed, isPossible } from './deeds.ts';
import { expiryWords } from './expiry-words.ts';

interface Props {
  readonly connection: ConnectionView;
  readonly offer: ConnectorOfferView | undefined;
  readonly isSelected: boolean;
  readonly busy: Deed | null;
  onSelect(): void;
  onDeed(deed: Deed): void;
}

const TONE = { ready: 'ok', incomplete: 'warn', locked: 'warn', lost: 'bad', unknown: 'bad' } as const;

/** One connection with all that may be shown of it. The keys of the screen go to the selected one. */
export function ConnectionCard({ connection, offer, isSelected, busy, onSelect, onDeed }: Props) {
  const text = useText();
  const { session } = useWork();
  const { accountName } = useMasters(connection.collegeId);
  const { state, connectorName, accountCode, collegeId, missing, lost } = connection;
  const name = accountName(accountCode);
  const account = name === accountCode ? accountCode : `${accountCode} ${name}`;
  const college = session.colleges.length > 1 ? session.colleges.find(({ id }) => id === collegeId) : undefined;
  const button = (deed: Deed, keys: string, label: string, icon: typeof KeyRound) =>
    isPossible(deed, connection, offer) && (
      <Button
        icon={icon}
        look={deed === 'test' && isSelected ? 'primary' : 'plain'}
        busy={busy === deed}
        onClick={() => onDeed(deed)}
        {...(isSelected ? { keys } : {})}
      >
        {label}
      </Button>
    );
  return (
    <section
      className={classes('panel', 'stack', 'connection', isSelected && 'is-selected')}
      aria-label={text('connection.of', { connector: connectorName, account })}
      aria-current={isSelected ? 'true' : undefined}
      data-connection={connection.id}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the arrow keys go from one connection to the next.
      tabIndex={0}
      onFocus={onSelect}
    >
      <header className="line">
        <h2>{connectorName}</h2>
        <span className="muted">{account}</span>
        {college !== undefined && <span className="muted">{college.name}</span>}
        <span className="push" />
        <Pill tone={TONE[state]}>{text(`connectionState.${state}`)}</Pill>
      </header>
      {(missing.length > 0 || lost.length > 0) && (
        <div className="connection-missing">
          {missing.map((what) => (
            <p key={what}>{text(`connection.next.${what}`)}</p>
          ))}
          {lost.length > 0 && <p>{text('connection.lostWhat', { names: names(lost, text) })}</p>}
        </div>
      )}
      <Facts connection={connection} offer={offer} />
      <footer className="line">
        {button('test', 'Ctrl+Enter', text('connection.test'), PlugZap)}
        {button('secrets', 'Alt+S', text('connection.secretsDo'), KeyRound)}
        {button(
          'certificate',
          'Alt+P',
          text(connection.certificate === null ? 'connection.certificateImport' : 'connection.certificateReplace'),
          FileKey2,
        )}
        {button('authority', 'Alt+A', text('connection.authorityDo'), ShieldCheck)}
        {button('change', 'Alt+L', text('connection.change'), Pencil)}
        {button('remove', 'Alt+X', text('connection.remove'), Trash2)}
      </footer>
    </section>
  );
}

function Facts({ connection, offer }: Pick<Props, 'connection' | 'offer'>) {
  const text = useText();
  const { environment, baseUrl, accountNumber, secretsSet, certificate, authority, settings } = connection;
  return (
    <dl className="connection-facts">
      <Fact label={text('connection.environment')}>
        {text(`environment.${environment}`)}
        {baseUrl !== null && <span className="muted"> {baseUrl}</span>}
      </Fact>
      <Fact label={text('connection.accountNumber')}>{accountNumber}</Fact>
      {Object.entries(settings).map(([name, value]) => (
        <Fact key={name} label={nameOf(text, 'connection.field', name)}>
          {value}
        </Fact>
      ))}
      {offer !== undefined && offer.secrets.length > 0 && (
        <Fact label={text('connection.secrets')}>
          {secretsSet.length === 0
            ? text('connection.secretsNone')
            : text('connection.secretsSet', { names: names(secretsSet, text) })}
        </Fact>
      )}
      {(offer?.needsCertificate === true || certificate !== null) && (
        <Fact label={text('connection.certificate')}>
          {certificate === null ? text('connection.certificateNone') : <Certificate facts={certificate.facts} whole />}
        </Fact>
      )}
      {(connection.needsAuthority || authority.length > 0) && (
        <Fact label={text('connection.authority')}>
          {authority.length === 0
            ? text('connection.authorityNone')
            : authority.map((facts) => <Certificate key={facts.fingerprint} facts={facts} />)}
        </Fact>
      )}
      <Fact label={text('connection.lastTest')}>
        <LastTest connection={connection} />
      </Fact>
      {connection.figures.map(({ operation, calls, successBasisPoints, p50Ms, p95Ms, p99Ms }) => (
        <Fact key={operation} label={text('connection.calls', { operation: operation.split('.')[1] ?? operation })}>
          {text(calls < CALLS_TO_SHARE ? 'connection.callsFew' : 'connection.callsWere', {
            calls,
            success: percent(successBasisPoints),
            p50: p50Ms,
            p95: p95Ms,
            p99: p99Ms,
          })}
        </Fact>
      ))}
    </dl>
  );
}

/** Of fewer calls than these no share says anything. */
const CALLS_TO_SHARE = 20;

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="muted">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Subject, issuer, dates and fingerprint: what tells one certificate from another, and nothing that opens anything. */
function Certificate({ facts, whole = false }: { readonly facts: CertificateFacts; readonly whole?: boolean }) {
  const text = useText();
  const expiry = expiryWords(facts, nowMs(), text);
  const [from, until] = [formatDate(istDate(facts.validFrom)), formatDate(istDate(facts.validUntil))];
  return (
    <div className="stack-tight">
      <p className="line">
        <span>{facts.subject}</span>
        {expiry !== null && <Pill tone={expiry.tone}>{expiry.words}</Pill>}
      </p>
      <p className="muted small">
        {[
          text('connection.valid', { from, until }),
          text('connection.key', { key: facts.key }),
          ...(whole ? [text('connection.issuer', { issuer: facts.issuer })] : []),
        ].join(' · ')}
      </p>
      {whole && (
        <p className="muted small connection-print">
          {text('connection.serial', { serial: facts.serial })} · {text('connection.fingerprint')} {facts.fingerprint}
        </p>
      )}
    </div>
  );
}

function LastTest({ connection: { lastTest } }: Pick<Props, 'connection'>) {
  const text = useText();
  const language = useLanguage();
  if (lastTest === null) return text('connection.testNever');
  const at = formatInstant(lastTest.at, nowMs(), text);
  if (lastTest.code === null) return text('connection.testGood', { at });
  const { cause, next } = errorText(lastTest.code, lastTest.details, language);
  return (
    <span className="connection-bad">
      {text('connection.testBad', { at, cause })} {next}
    </span>
  );
}

const names = (fields: readonly string[], text: ReturnType<typeof useText>): string =>
  fields.map((field) => nameOf(text, 'connection.field', field)).join(', ');
