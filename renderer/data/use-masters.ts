import { useMemo } from 'react';
import type { Output } from '../../shared/ipc/contract.ts';
import { useLanguage } from '../i18n/text.ts';
import { useAsk } from './desk.tsx';
import { useWork } from './session.ts';

export interface Masters {
  readonly categories: Output<'masters.get'>['categories'];
  readonly accounts: Output<'masters.get'>['accounts'];
  /** The name of a category in the person's language; its code until the masters have come. */
  categoryName(code: string): string;
  accountName(code: string): string;
  readonly ready: boolean;
}

/** Categories and GL codes of a college; across colleges those of the first one, since a group shares its chart of accounts. */
export function useMasters(collegeId?: string): Masters {
  const language = useLanguage();
  const work = useWork();
  const id = collegeId ?? work.collegeId ?? work.session.colleges[0]?.id ?? '';
  const { data } = useAsk('masters.get', { collegeId: id }, { enabled: id !== '' });
  return useMemo(
    () => ({
      categories: data?.categories ?? [],
      accounts: data?.accounts ?? [],
      categoryName: (code) => {
        const found = data?.categories.find((category) => category.code === code);
        return found === undefined ? code : language === 'hi' ? found.labelHi : found.label;
      },
      accountName: (code) => data?.accounts.find((account) => account.code === code)?.name ?? code,
      ready: data !== undefined,
    }),
    [data, language],
  );
}
