import type { ComponentProps, ReactNode } from 'react';
import { ErrorPanel } from './error-panel.tsx';
import { Skeleton } from './states.tsx';

interface Props {
  readonly error: ComponentProps<typeof ErrorPanel>['error'] | null;
  /** Whether the first page has not come yet. */
  readonly loading: boolean;
  readonly count: number;
  /** What stands in the place of a list without rows. */
  readonly empty: ReactNode;
  /** The table. */
  readonly children: ReactNode;
}

/** The body of a screen with a list, in whichever of its four states it is. */
export function ListBody({ error, loading, count, empty, children }: Props) {
  if (error !== null) {
    return (
      <div className="screen-body">
        <ErrorPanel error={error} />
      </div>
    );
  }
  if (loading) {
    return (
      <div className="screen-body">
        <Skeleton lines={8} />
      </div>
    );
  }
  return count > 0 ? children : <div className="screen-body">{empty}</div>;
}
