import { useLocation } from 'wouter';
import { useWide } from '../../components/use-media.ts';
import '../expenses/expenses.css';
import { VendorList } from './vendor-list.tsx';
import { VendorPage } from './vendor-page.tsx';
import './vendors.css';

/** List and vendor side by side where there is room, one after the other elsewhere. */
export function Vendors() {
  const [location, goTo] = useLocation();
  const wide = useWide();
  const id = location.split('/')[2] ?? '';
  if (id === '') return <VendorList openId={null} narrow={false} />;
  const page = <VendorPage key={id} id={id} onBack={() => goTo('/vendors')} />;
  if (!wide) return page;
  return (
    <div className="side-by-side">
      <VendorList openId={id} narrow />
      <section className="side-detail">{page}</section>
    </div>
  );
}
