import { Copy, GitCompare } from 'lucide-react';
import { useState } from 'react';
import type { ComparedCollege } from '../../../shared/ipc/contract/sync.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';
import { compareWords } from './compare-words.ts';

/** Whether this desk has the books of the server, row for row, and where not. */
export function Compare({ disabled }: { readonly disabled: boolean }) {
  const text = useText();
  const desk = useDesk();
  const { busy, error, run } = useCall();
  const [found, setFound] = useState<readonly ComparedCollege[] | null>(null);
  const compare = async (): Promise<void> => {
    const done = await run(async () => {
      setFound((await desk.call('sync.compare', {})).colleges);
      return true;
    });
    if (done !== null) return;
    setFound(null);
  };
  const copy = async (): Promise<void> => {
    const lines = (found ?? []).flatMap((college) => compareWords(college, text));
    await navigator.clipboard.writeText(lines.join('\n'));
    announce(text('compare.copied'));
  };
  return (
    <section className="panel stack-tight" aria-label={text('compare.title')}>
      <h2>{text('compare.title')}</h2>
      <p className="muted">{text('compare.lead')}</p>
      <div role="status">
        {found?.map((college) => {
          const [verdict, ...more] = compareWords(college, text);
          return (
            <div key={college.id}>
              <p>{verdict}</p>
              {more.map((line) => (
                <p key={line} className="small">
                  {line}
                </p>
              ))}
            </div>
          );
        })}
      </div>
      {error !== null && <ErrorPanel error={error} />}
      <div className="line">
        <Button icon={GitCompare} busy={busy} disabled={disabled} onClick={() => void compare()}>
          {text('compare.start')}
        </Button>
        {found !== null && (
          <Button icon={Copy} onClick={() => void copy()}>
            {text('compare.copy')}
          </Button>
        )}
      </div>
    </section>
  );
}
