import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, ReactNode } from 'react';
import './button.css';
import { classes } from './classes.ts';
import { ariaKeys, Kbd } from './keys.tsx';

interface ButtonProps extends Omit<ComponentProps<'button'>, 'className'> {
  /** `primary` once a screen: the next sensible thing. `danger` for what cannot be taken back. */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: LucideIcon | undefined;
  /** The key that does the same, shown beside the words. The screen binds it by useKeys. */
  readonly keys?: string | undefined;
  /** Under way: pressed again it does nothing. */
  readonly busy?: boolean;
  readonly children: ReactNode;
}

export function Button({ look = 'plain', icon: Icon, keys, busy = false, children, disabled, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classes('button', `button-${look}`, busy && 'is-busy')}
      disabled={disabled === true || busy}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
    >
      {Icon !== undefined && <Icon size={16} aria-hidden="true" />}
      <span>{children}</span>
      {keys !== undefined && <Kbd keys={keys} />}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'className' | 'children'> {
  readonly icon: LucideIcon;
  /** Its name, read aloud and shown on hover. */
  readonly label: string;
  readonly keys?: string;
}

export function IconButton({ icon: Icon, label, keys, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className="button icon-button button-quiet"
      aria-label={label}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-keyshortcuts={keys === undefined ? undefined : ariaKeys(keys)}
    >
      <Icon size={16} aria-hidden="true" />
    </button>
  );
}
