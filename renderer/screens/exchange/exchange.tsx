import { useState } from 'react';
import { ChooseCollege } from '../../components/choose-college.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { useWork } from '../../data/session.ts';
import { useText } from '../../i18n/text.ts';
import './exchange.css';
import { ReceivePanel } from './receive-panel.tsx';
import { SendPanel } from './send-panel.tsx';

/** The books to Tally and from it, by file or over its port. */
export function Exchange() {
  const text = useText();
  const { college } = useWork();
  const [tab, setTab] = useState('send');
  return (
    <div className="screen">
      <header className="screen-head">
        <h1>{text('screen.exchange')}</h1>
        {college !== null && <span className="muted">{college.name}</span>}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that the page can be scrolled by keys alone. */}
      <section className="screen-body stack" tabIndex={0} aria-label={text('screen.exchange')}>
        {college === null ? (
          <ChooseCollege title={text('exchange.noCollege')} hint={text('exchange.noCollegeHint')} />
        ) : (
          <Tabs
            key={college.id}
            label={text('screen.exchange')}
            value={tab}
            onChange={setTab}
            tabs={[
              { value: 'send', label: text('exchange.send'), content: <SendPanel collegeId={college.id} /> },
              {
                value: 'receive',
                label: text('exchange.receive'),
                content: <ReceivePanel collegeId={college.id} collegeName={college.name} />,
              },
            ]}
          />
        )}
      </section>
    </div>
  );
}
