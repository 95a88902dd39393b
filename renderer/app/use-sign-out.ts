import { useQueryClient } from '@tanstack/react-query';
import { useDesk } from '../data/desk.tsx';

/** Signs the person out and forgets everything that was read for him. */
export function useSignOut(): () => Promise<void> {
  const desk = useDesk();
  const queries = useQueryClient();
  return async () => {
    const session = await desk.call('session.signOut', {});
    queries.setQueryData(['session.get', {}], session);
    queries.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session.get' });
    window.location.hash = '';
  };
}
