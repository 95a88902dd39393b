import { Redirect, useLocation } from 'wouter';
import { zVoucherKind } from '../../../shared/ipc/contract/vouchers.ts';
import { useWide } from '../../components/use-media.ts';
import '../expenses/expenses.css';
import { VoucherPage } from '../voucher/voucher-page.tsx';
import { VoucherForm } from '../voucher-form/voucher-form.tsx';
import { VoucherList } from './voucher-list.tsx';

const entryKinds = zVoucherKind.exclude(['reversal']);

/** The day book and its documents side by side where there is room; entering takes the whole width. */
export function Vouchers() {
  const [location] = useLocation();
  const wide = useWide();
  const [, , id, kindName, sourceId] = location.split('/');
  if (id === undefined || id === '') return <VoucherList openId={null} narrow={false} />;
  if (id === 'new') {
    const kind = entryKinds.safeParse(kindName);
    if (!kind.success) return <Redirect to="/vouchers" replace />;
    return <VoucherForm key={`${kind.data} ${sourceId ?? ''}`} kind={kind.data} sourceId={sourceId ?? null} />;
  }
  const page = <VoucherPage id={id} />;
  if (!wide) return page;
  return (
    <div className="side-by-side">
      <VoucherList openId={id} narrow />
      <section className="side-detail">{page}</section>
    </div>
  );
}
