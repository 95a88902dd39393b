import { Copy } from 'lucide-react';
import { IconButton } from '../../components/button.tsx';
import { useText } from '../../i18n/text.ts';
import { announce } from '../../state/announce.ts';

const SHOWN = 10;

/** A hash by its first characters, whole on hover and on the clipboard. */
export function Hash({
  hash,
  label,
  whole = false,
}: {
  readonly hash: string;
  readonly label: string;
  readonly whole?: boolean;
}) {
  const text = useText();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(hash);
    announce(text('audit.copied'));
  };
  return (
    <span className="audit-hash">
      <code title={hash}>{whole ? hash : hash.slice(0, SHOWN)}</code>
      <IconButton
        icon={Copy}
        label={label}
        onClick={(event) => {
          event.stopPropagation();
          void copy();
        }}
      />
    </span>
  );
}
