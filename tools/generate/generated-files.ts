import { errorsPage } from './errors-page.ts';

/** Every file that is made from another one, by its path in the project. A test compares them with what lies there. */
export const generatedFiles: Readonly<Record<string, () => string>> = {
  'docs/errors.md': errorsPage,
};
