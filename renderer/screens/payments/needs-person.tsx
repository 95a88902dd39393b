import { CircleCheck } from 'lucide-react';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { EmptyState, Skeleton } from '../../components/states.tsx';
import { useText } from '../../i18n/text.ts';
import { DeadLetters } from './dead-letters.tsx';
import { PersonCard } from './person-card.tsx';
import { useAllOrders } from './use-all.ts';

/** What nobody but a person can settle: payments in doubt or in disorder, and messages of banks that could not be used. */
export function NeedsPerson({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { rows, error } = useAllOrders(collegeId, 'person');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone.
    <section className="screen-body stack" tabIndex={0} aria-label={text('payments.tab.person')}>
      {error !== null && <ErrorPanel error={error} />}
      {error === null && rows === undefined && <Skeleton lines={6} />}
      {rows?.length === 0 && (
        <EmptyState icon={CircleCheck} title={text('person.none')} hint={text('person.noneHint')} />
      )}
      {rows !== undefined && rows.length > 0 && (
        <ul className="person-cards">
          {rows.map((order) => (
            <PersonCard key={order.id} collegeId={collegeId} order={order} />
          ))}
        </ul>
      )}
      <DeadLetters collegeId={collegeId} />
    </section>
  );
}
