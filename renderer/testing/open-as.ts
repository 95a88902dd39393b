import type { Role } from '../../shared/domain/rows.ts';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { idOf, session } from './memory-books.ts';
import type { PageOptions, Screens } from './open-page.ts';
import { OTHER } from './sample-answers.ts';

const colleges = [
  ...session.colleges,
  ...session.colleges.map((one) => ({ ...one, id: OTHER, code: 'KAS', name: 'Kaveri College' })),
];

/** Opens a screen as somebody of the role, with the answers of the desk given. */
export async function openAs(
  screens: Screens,
  role: Role,
  path: string,
  answers: Readonly<Record<string, unknown>>,
  options: PageOptions = {},
) {
  const person = { id: idOf('002', 9), name: 'Sunita Rao', email: 'sunita@group.example', role };
  const known = role === 'super_accountant' ? { ...session, person, colleges } : { ...session, person };
  const all = canonicalText({ 'session.get': known, ...answers } as unknown as Plain);
  const page = await screens.open({ ...options, path, answers: all });
  await page.getByText('Sunita Rao').first().waitFor({ state: 'attached' });
  return page;
}
