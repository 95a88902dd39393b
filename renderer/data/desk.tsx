import { QueryClient, QueryClientProvider, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import type { DeskClient } from '../../shared/ipc/client.ts';
import type { Input, Output } from '../../shared/ipc/contract.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { type AskName, dependsOn } from './asks.ts';

const DeskContext = createContext<DeskClient | null>(null);

/** The typed client of the desk, for what is not a question: commands, uploads, jobs. */
export function useDesk(): DeskClient {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of DeskProvider');
  return desk;
}

/** The desk is on this machine: an answer stays good until the change feed says otherwise, and a refusal is not asked again. */
const makeQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        queryKeyHashFn: (key) => canonicalText(key as Plain),
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        retry: (failures, error) => failures < 4 && isPassing(error),
        retryDelay: (attempt) => 250 * 2 ** attempt,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  });

const isPassing = (error: Error): boolean => {
  const { code } = toMunimError(error);
  return code === 'HOST_GONE' || code === 'ENGINE_RESTARTING' || code === 'ENGINE_POISONED';
};

export function DeskProvider({ desk, children }: { readonly desk: DeskClient; readonly children: ReactNode }) {
  const [queries] = useState(makeQueryClient);
  useEffect(() => {
    const stops = [
      desk.on('changed', ({ tables }) => {
        void queries.invalidateQueries({ predicate: (query) => dependsOn(String(query.queryKey[0]), tables) });
      }),
      desk.on('sync.status', (status) => queries.setQueryData(['sync.status', {}], status)),
      desk.on('ledger', ({ state }) => {
        if (state === 'ready') void queries.invalidateQueries();
        // Books that will not open again by themselves: the session says why.
        if (state === 'gave_up') void queries.invalidateQueries({ queryKey: ['session.get'] });
      }),
    ];
    // A desk that signed the person out by itself answers AUTH_REQUIRED; the session then says so.
    const watch = queries.getQueryCache().subscribe((event) => {
      if (event.type !== 'updated' || event.action.type !== 'error') return;
      if (event.query.queryKey[0] === 'session.get') return;
      if (toMunimError(event.action.error).code === 'AUTH_REQUIRED') {
        void queries.invalidateQueries({ queryKey: ['session.get'] });
      }
    });
    return () => {
      for (const stop of stops) stop();
      watch();
    };
  }, [desk, queries]);
  return (
    <DeskContext.Provider value={desk}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </DeskContext.Provider>
  );
}

interface AskOptions {
  readonly enabled?: boolean;
  /** Goes on showing the earlier answer while a changed question is under way (search as you type). */
  readonly keep?: boolean;
}

/** The query options of one question, for `useQueries` and `fetchQuery`. */
export const askOptions = <N extends AskName>(desk: DeskClient, name: N, input: Input<N>) => ({
  queryKey: [name, input] as const,
  queryFn: (): Promise<Output<N>> => desk.call(name, input),
});

/**
 * Asks the desk and keeps the answer current: it is asked again when the change feed names a table the channel reads.
 * The error is a DeskError, to be shown by ErrorPanel.
 */
export function useAsk<N extends AskName>(
  name: N,
  input: Input<N>,
  options: AskOptions = {},
): UseQueryResult<Output<N>, MunimError> {
  const desk = useDesk();
  return useQuery<Output<N>, MunimError>({
    ...askOptions(desk, name, input),
    enabled: options.enabled ?? true,
    ...(options.keep ? { placeholderData: (earlier: Output<N> | undefined) => earlier as never } : {}),
  });
}
