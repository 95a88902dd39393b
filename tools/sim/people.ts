import type { Role } from '../../shared/domain/rows.ts';

export interface SimPerson {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Numbers of the colleges he works for. */
  readonly colleges: readonly number[];
}

export const password = 'a word between us';

/** Two accountants and a principal for each college, and the people of the group. */
export function peopleOf(colleges: number): readonly SimPerson[] {
  const all = Array.from({ length: colleges }, (_, number) => number);
  const own = all.flatMap((number): SimPerson[] => [
    person('Asha', 'college_accounts_admin', [number]),
    ...(number === 0 ? [person('Imran', 'college_accounts_admin', [number])] : []),
    person('Meera', 'principal', [number]),
  ]);
  return [...own, person('Rohan', 'super_accountant', all), person('Kavita', 'auditor', [0])];
}

const person = (name: string, role: Role, colleges: readonly number[]): SimPerson => ({
  email: `${name.toLowerCase()}.${colleges.join('')}@group.example`,
  name: `${name} ${colleges.join('')}`,
  role,
  colleges,
});
