import { X } from 'lucide-react';
import { type FormEvent, type ReactNode, useEffect, useId, useRef } from 'react';
import type { MunimError } from '../../shared/kernel/errors.ts';
import { useText } from '../i18n/text.ts';
import { Button, IconButton } from './button.tsx';
import './dialog.css';
import { ErrorPanel } from './error-panel.tsx';
import { useKeys } from './keys.tsx';

interface DialogProps {
  readonly title: string;
  onClose(): void;
  readonly children: ReactNode;
  readonly wide?: boolean;
}

/** The browser's own modal dialog: it traps the focus, closes by Esc and gives the focus back. Mount it to open it. */
export function Dialog({ title, onClose, children, wide = false }: DialogProps) {
  const text = useText();
  const element = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = element.current;
    if (dialog === null || dialog.open) return;
    // The second half of a double click selects a word of whatever came under the pointer meanwhile.
    getSelection()?.removeAllRanges();
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[cmdk-input], [data-first], form input, form textarea, form select')?.focus();
    return () => dialog.close();
  }, []);
  return (
    <dialog
      ref={element}
      className={wide ? 'dialog dialog-wide' : 'dialog'}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className="dialog-head">
        <h2 id={titleId}>{title}</h2>
        <IconButton icon={X} label={text('action.close')} keys="Esc" onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  /** What will happen, in words and figures. */
  readonly consequence: ReactNode;
  /** Names the deed ("Approve ₹1,25,000.00"), never "OK". */
  readonly confirmLabel: string;
  readonly dangerous?: boolean;
  readonly busy?: boolean;
  /** Nothing can be done here now, for what the dialog itself says. */
  readonly blocked?: boolean;
  readonly wide?: boolean;
  readonly error?: MunimError | null;
  /** Fields of the deed, such as a reason. */
  readonly children?: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that binds. Ctrl+A or Ctrl+Enter does it, Esc leaves everything as it is. */
export function ConfirmDialog(props: ConfirmProps) {
  const text = useText();
  const confirm = (): void => {
    if (props.busy !== true && props.blocked !== true) props.onConfirm();
  };
  useKeys(
    [
      { keys: 'Ctrl+A', label: props.confirmLabel, run: confirm },
      { keys: 'Ctrl+Enter', label: props.confirmLabel, run: confirm, hidden: true },
    ],
    'dialog',
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm();
  };
  return (
    <Dialog title={props.title} onClose={props.onClose} wide={props.wide ?? false}>
      <form className="dialog-body stack" onSubmit={submit} noValidate>
        <div className="dialog-consequence">{props.consequence}</div>
        {props.children}
        {props.error !== undefined && props.error !== null && <ErrorPanel error={props.error} />}
        <footer className="dialog-foot">
          <Button look="quiet" onClick={props.onClose} keys="Esc">
            {text('action.back')}
          </Button>
          <Button
            type="submit"
            look={props.dangerous === true ? 'danger' : 'primary'}
            busy={props.busy ?? false}
            disabled={props.blocked ?? false}
            keys="Ctrl+A"
            data-first
          >
            {props.confirmLabel}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
