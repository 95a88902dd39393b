import type { Input } from '../../shared/ipc/contract.ts';
import { useDesk } from '../data/desk.tsx';
import { useLanguage } from '../i18n/text.ts';
import { ExportMenu } from './export-menu.tsx';

type Order = Omit<Input<'exports.run'>, 'format' | 'language'>;

/** Exports what a list shows (same filter and order) to a workbook or a CSV. */
export function ExportButton({ order }: { readonly order: Order }) {
  const desk = useDesk();
  const language = useLanguage();
  return (
    <ExportMenu
      formats={['xlsx', 'csv']}
      begin={(format) => desk.call('exports.run', { ...order, format, language })}
    />
  );
}
