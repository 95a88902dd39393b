import { useEffect, useState } from 'react';
import { checkIfsc } from '../../shared/domain/identity/ifsc.ts';
import { IfscList } from '../../shared/domain/identity/ifsc-list.ts';
import { useText } from '../i18n/text.ts';

/** Half a megabyte, so it comes when the first code is typed. */
const load = async (): Promise<IfscList> => new IfscList((await import('../../resources/ifsc/ifsc.json')).default);
let loading: Promise<IfscList> | null = null;

/** Whose code was typed, or that the list of codes in use does not have it, which is a reason to look again and none to refuse it. */
export function useIfscHint(typed: string): string | undefined {
  const text = useText();
  const [list, setList] = useState<IfscList | null>(null);
  const ifsc = checkIfsc(typed);
  const isWanted = ifsc.ok && list === null;
  useEffect(() => {
    if (!isWanted) return;
    let isHere = true;
    loading ??= load();
    loading.then(
      (loaded) => isHere && setList(loaded),
      () => {
        // Without it there is no hint; the next code typed tries again.
        loading = null;
      },
    );
    return () => {
      isHere = false;
    };
  }, [isWanted]);
  if (!ifsc.ok || list === null) return undefined;
  const bank = list.find(ifsc.value);
  if (bank === null) return text('ifsc.noBank', { letters: ifsc.value.slice(0, 4) });
  const name = bank.name ?? ifsc.value.slice(0, 4);
  return bank.hasBranch ? name : text('ifsc.noBranch', { bank: name });
}
