import { Unplug } from 'lucide-react';
import { EmptyState } from '../components/states.tsx';
import { useText } from '../i18n/text.ts';

/** Shown where the page was opened outside of the desk, for instance from a bookmark of an earlier run. */
export function NoDesk() {
  const text = useText();
  return (
    <main>
      <EmptyState icon={Unplug} title={text('noDesk.title')} hint={text('noDesk.hint')} />
    </main>
  );
}
