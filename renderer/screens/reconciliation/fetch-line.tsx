import { useQueryClient } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'wouter';
import type { FetchStateView } from '../../../shared/ipc/contract/reconciliation.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useKeys } from '../../components/keys.tsx';
import { ProgressBar } from '../../components/states.tsx';
import { useAsk, useDesk } from '../../data/desk.tsx';
import { useJob } from '../../data/use-job.ts';
import { errorText } from '../../format/error-text.ts';
import { formatInstant } from '../../format/instant.ts';
import { nowMs } from '../../host/system.ts';
import { type Text, useLanguage, useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

/** Whether statements of this account come from its bank, when they did and will, and the way to ask now. */
export function FetchLine({ collegeId, bankAccountId }: { readonly collegeId: Id; readonly bankAccountId: Id }) {
  const text = useText();
  const language = useLanguage();
  const desk = useDesk();
  const queries = useQueryClient();
  const fetching = useAsk('statements.fetching', { collegeId });
  // A bank may have been set up, and a time may have come, since this was looked at; no table tells of either.
  const look = (): void => void queries.invalidateQueries({ queryKey: ['statements.fetching'] });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the screen opens.
  useEffect(look, []);
  const job = useJob((ended) => {
    look();
    if (ended.state === 'done') announce(text('recon.imported', { count: ended.result?.added ?? 0 }));
  });
  const state = fetching.data?.rows.find((row) => row.bankAccountId === bankAccountId);
  const fetchNow = (): void => {
    if (!job.running) void job.start(() => desk.call('statements.fetchNow', { collegeId, bankAccountId }));
  };
  useKeys([{ keys: 'Alt+F', label: text('recon.fetchNow'), run: fetchNow, enabled: state !== undefined }]);
  if (fetching.error !== null) return <ErrorPanel error={fetching.error} onRetry={() => void fetching.refetch()} />;
  if (fetching.data === undefined) return <div className="recon-fetch" aria-hidden="true" />;
  if (state === undefined) {
    return (
      <p className="recon-fetch muted">
        <span>{text('recon.notFetched')}</span> <Link href="/connections">{text('screen.connections')}</Link>
      </p>
    );
  }
  // What failed a moment ago by this very press is told in full below.
  const failed = job.job?.error ?? job.error;
  const refusal = failed === null ? state.refusal : null;
  const why = refusal === null ? null : errorText(refusal.code, refusal.details, language);
  return (
    <>
      <div className="recon-fetch">
        <span>{fetchWords(state, text)}</span>
        {why !== null && <span className="recon-fetch-bad">{`${why.cause} ${why.next}`}</span>}
        <span className="push" />
        <Button icon={Download} keys="Alt+F" busy={job.running} onClick={fetchNow}>
          {text('recon.fetchNow')}
        </Button>
      </div>
      {job.running && job.job !== null && (
        <ProgressBar label={text('recon.fetching')} done={job.job.done} total={job.job.total} onCancel={job.cancel} />
      )}
      {failed !== null && <ErrorPanel error={failed} />}
    </>
  );
}

/** When the bank was asked and what came of it, and when it is asked next. */
function fetchWords({ askedAt, added, refusal, nextAt }: FetchStateView, text: Text): string {
  const now = nowMs();
  const at = (moment: number): string => formatInstant(moment, now, text);
  const next = nextAt <= now ? text('recon.fetchSoon') : text('recon.fetchNext', { at: at(nextAt) });
  if (askedAt === null) return `${text('recon.fetchNever')} ${next}`;
  const asked =
    refusal !== null
      ? text('recon.fetchFailed', { at: at(askedAt) })
      : added === null
        ? text('recon.fetchRuns')
        : text('recon.fetchLast', { at: at(askedAt), count: added });
  return `${asked} ${next}`;
}
