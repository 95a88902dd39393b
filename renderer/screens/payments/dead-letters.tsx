import type { DeadWebhookView } from '../../../shared/ipc/contract/webhooks.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Instant } from '../../components/figures.tsx';
import { Skeleton } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useCall } from '../../data/use-call.ts';
import { errorText } from '../../format/error-text.ts';
import { nameOf, useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { mayDo } from './rights.ts';

/** Messages of banks that the server could not use. They lie there, so that without it there is nothing to show. */
export function DeadLetters({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const letters = useAsk('webhooks.dead', { collegeId });
  const refresh = (): void => void letters.refetch();
  const rows = letters.data?.rows;
  return (
    <section className="person-cards" aria-labelledby="dead-letters">
      <h2 id="dead-letters">{text('dead.title')}</h2>
      {letters.error !== null &&
        (letters.error.code === 'SYNC_OFFLINE' ? (
          <p className="notice" role="status">
            {text('dead.offline')} <Button onClick={refresh}>{text('action.retry')}</Button>
          </p>
        ) : (
          <ErrorPanel error={letters.error} onRetry={refresh} />
        ))}
      {letters.error === null && rows === undefined && <Skeleton />}
      {letters.error === null && rows?.length === 0 && <p className="muted">{text('dead.none')}</p>}
      {letters.error === null && rows !== undefined && rows.length > 0 && (
        <ul className="person-cards">
          {rows.map((letter) => (
            <Letter key={letter.id} collegeId={collegeId} letter={letter} onTried={refresh} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface LetterProps {
  readonly collegeId: Id;
  readonly letter: DeadWebhookView;
  onTried(): void;
}

function Letter({ collegeId, letter, onTried }: LetterProps) {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const { role } = useWork();
  const { busy, error, run } = useCall();
  const why = errorText(letter.code, letter.details, language);
  const says =
    letter.state === null
      ? text('dead.unreadable')
      : text('dead.says', { reference: letter.reference ?? '', state: nameOf(text, 'dead.state', letter.state) });
  const again = async (): Promise<void> => {
    await run(async () => {
      await desk.call('webhooks.replay', { collegeId, id: letter.id });
      announce(text('dead.tried'));
      onTried();
    });
  };
  return (
    <li className="panel stack">
      <header className="line">
        <h3>{nameOf(text, 'connector', letter.provider)}</h3>
        <span className="muted small">
          <Instant at={letter.receivedAt} />
          {` · ${text('dead.attempts', { count: letter.attempts })}`}
        </span>
        <span className="push" />
        {mayDo('replay', role) && (
          <Button busy={busy} onClick={() => void again()}>
            {text('action.retry')}
          </Button>
        )}
      </header>
      <div className="stack-tight">
        <p className="person-happened">{says}</p>
        <p>{`${why.cause} ${why.next}`}</p>
        <p className="muted small">
          <code>{why.code}</code>
        </p>
      </div>
      {error !== null && <ErrorPanel error={error} />}
    </li>
  );
}
