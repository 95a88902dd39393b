import { type Refusal, refusal } from '../../kernel/errors.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Person, Role } from '../rows.ts';

/** Why this person may not run a command open to `roles` in the college, or undefined. Refusal: AUTH_FORBIDDEN. */
export function forbidden(actor: Person, collegeId: Id, roles: readonly Role[]): Refusal | undefined {
  const may = actor.isActive && actor.collegeId === collegeId && roles.includes(actor.role);
  return may ? undefined : refusal('AUTH_FORBIDDEN', { role: actor.role });
}
