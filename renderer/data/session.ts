import type { Role } from '../../shared/domain/rows.ts';
import type { Session } from '../../shared/ipc/contract/session.ts';
import type { FinancialYear, IsoDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { useScope } from '../state/scope.ts';
import { useAsk } from './desk.tsx';

export interface Work {
  readonly session: Session;
  readonly person: NonNullable<Session['person']>;
  readonly role: Role;
  /** The college the screens are about; null means all colleges of a group desk. */
  readonly collegeId: Id | null;
  /** The college that new documents go to: the chosen one, or the only one. */
  readonly college: Session['colleges'][number] | null;
  readonly financialYear: FinancialYear;
  readonly today: IsoDate;
}

/** Who works here and on what. Only for screens inside the shell, where somebody is signed in. */
export function useWork(): Work {
  const { data: session } = useAsk('session.get', {});
  const chosen = useScope((scope) => scope.collegeId);
  const year = useScope((scope) => scope.financialYear);
  if (session === undefined || session.person === null) throw new Error('useWork outside of a signed-in session');
  const only = session.colleges.length === 1 ? (session.colleges[0] ?? null) : null;
  const college = session.colleges.find((entry) => entry.id === chosen) ?? only;
  return {
    session,
    person: session.person,
    role: session.person.role,
    collegeId: college?.id ?? null,
    college,
    financialYear: year !== null && session.financialYears.includes(year) ? year : session.financialYear,
    today: session.today,
  };
}
