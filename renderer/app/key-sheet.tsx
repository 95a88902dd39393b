import { useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { activeKeys, Kbd } from '../components/keys.tsx';
import { useText } from '../i18n/text.ts';

/** The keys that work on this screen and everywhere, as they were when the sheet was opened. */
export function KeySheet({ onClose }: { onClose(): void }) {
  const text = useText();
  const [keys] = useState(activeKeys);
  const groups = [
    { title: text('keys.screen'), list: keys.filter((key) => key.scope === 'screen') },
    { title: text('keys.everywhere'), list: keys.filter((key) => key.scope === 'everywhere') },
  ];
  return (
    <Dialog title={text('keys.title')} onClose={onClose} wide>
      <div className="key-sheet">
        {groups
          .filter((group) => group.list.length > 0)
          .map((group) => (
            <section key={group.title}>
              <h3>{group.title}</h3>
              <ul>
                {group.list.map(({ binding }) => (
                  <li key={`${binding.keys} ${binding.label}`}>
                    <span>{binding.label}</span>
                    <span className="visually-hidden">{binding.keys}</span>
                    <Kbd keys={binding.keys} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
      </div>
    </Dialog>
  );
}
