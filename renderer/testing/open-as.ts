import type { Role } from '../../shared/domain/rows.ts';
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
  const page = await screens.open({ ...options, path: '/expenses' });
  const person = { id: idOf('002', 9), name: 'Sunita Rao', email: 'sunita@group.example', role };
  const known = role === 'super_accountant' ? { ...session, person, colleges } : { ...session, person };
  await page.evaluate(
    (all) => {
      for (const [channel, answer] of Object.entries(all)) {
        window.memory.answer(channel as 'session.get', () => answer as never);
      }
      window.memory.emit({ name: 'changed', data: { tables: ['outbox'] } });
    },
    { 'session.get': known, ...answers },
  );
  await page.getByText('Sunita Rao').first().waitFor({ state: 'attached' });
  // Only now does the person's role know the screen's address.
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, path);
  return page;
}
