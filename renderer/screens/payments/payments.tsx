import { useLocation } from 'wouter';
import type { Output } from '../../../shared/ipc/contract.ts';
import type { Id } from '../../../shared/kernel/ids.ts';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { useKeys } from '../../components/keys.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useAsk } from '../../data/desk.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import { Accounts } from './accounts.tsx';
import { BatchPage } from './batch-page.tsx';
import { Details } from './details.tsx';
import { Done } from './done.tsx';
import './payments.css';
import { NeedsPerson } from './needs-person.tsx';
import { firstTab, isPaymentTab, type PaymentTab, paymentTabs } from './tabs.ts';
import { ToPay } from './to-pay.tsx';
import { ToRelease } from './to-release.tsx';
import { UnderWay } from './under-way.tsx';

/** Paying bills through banks: from the bill to the money and what became of it. */
export function Payments() {
  const text = useText();
  const { college } = useWork();
  if (college !== null) return <OfCollege key={college.id} collegeId={college.id} />;
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.payments')}</h1>
      </header>
      <div className="screen-body">
        <ChooseCollege title={text('payments.choose')} hint={text('payments.chooseHint')} />
      </div>
    </div>
  );
}

function OfCollege({ collegeId }: { readonly collegeId: Id }) {
  const text = useText();
  const { role } = useWork();
  const [location, goTo] = useLocation();
  const [, , named = '', inner = ''] = location.split('/');
  const tab = isPaymentTab(named) ? named : firstTab(role);
  const { data: counts } = useAsk('payments.counts', { collegeId });
  const show = (to: PaymentTab): void => goTo(`/payments/${to}`);
  useKeys(
    paymentTabs.map((to, index) => ({
      keys: `Alt+${index + 1}`,
      label: text(`payments.tab.${to}`),
      run: () => show(to),
    })),
  );
  const content: Readonly<Record<PaymentTab, () => React.ReactNode>> = {
    pay: () => <ToPay collegeId={collegeId} />,
    release: () =>
      inner === '' ? (
        <ToRelease collegeId={collegeId} onOpen={(batchId) => goTo(`/payments/release/${batchId}`)} />
      ) : (
        <BatchPage key={inner} collegeId={collegeId} batchId={inner} onBack={() => show('release')} />
      ),
    way: () => <UnderWay collegeId={collegeId} />,
    person: () => <NeedsPerson collegeId={collegeId} />,
    done: () => <Done collegeId={collegeId} />,
    details: () => <Details collegeId={collegeId} />,
    accounts: () => <Accounts collegeId={collegeId} />,
  };
  return (
    <div className="screen payments">
      <header className="screen-head">
        <h1>{text('screen.payments')}</h1>
      </header>
      <Tabs
        label={text('screen.payments')}
        value={tab}
        onChange={(to) => isPaymentTab(to) && show(to)}
        tabs={paymentTabs.map((one) => ({
          value: one,
          label: text(`payments.tab.${one}`),
          count: counts === undefined ? undefined : countOf(counts, one),
          urgent: one === 'person',
          content: one === tab ? content[one]() : null,
        }))}
      />
    </div>
  );
}

function countOf(counts: Output<'payments.counts'>, tab: PaymentTab): number | undefined {
  switch (tab) {
    case 'pay':
      return counts.toPay;
    case 'release':
      return counts.check;
    case 'way':
      return counts.underWay;
    case 'person':
      return counts.person;
    case 'details':
      return counts.beneficiaries;
    default:
      return undefined;
  }
}
