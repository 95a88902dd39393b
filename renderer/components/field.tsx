import { type ReactNode, useId } from 'react';
import './field.css';
import { classes } from './classes.ts';

/** What a control inside a Field must carry to be tied to its label, hint and error. */
export interface FieldProps {
  readonly id: string;
  readonly 'aria-describedby': string | undefined;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-required': true | undefined;
}

interface Props {
  readonly label: string;
  /** Shown after the person left the field; null while it is right or still being typed. */
  readonly error?: string | null | undefined;
  readonly hint?: ReactNode;
  readonly required?: boolean;
  /** In a table of fields, whose heading says it: the label is there for screen readers alone. */
  readonly bare?: boolean;
  readonly children: (field: FieldProps) => ReactNode;
}

/** Label above, control, hint, error. The error takes the hint's place, so that nothing jumps. */
export function Field({ label, error, hint, required = false, bare = false, children }: Props) {
  const id = useId();
  const note = `${id}-note`;
  const wrong = error !== null && error !== undefined;
  return (
    <div className={classes('field', wrong && 'is-wrong')}>
      <label htmlFor={id} className={bare ? 'visually-hidden' : undefined}>
        {label}
        {required && (
          <span className="field-required" aria-hidden="true">
            {' *'}
          </span>
        )}
      </label>
      {children({
        id,
        'aria-describedby': wrong || hint !== undefined ? note : undefined,
        'aria-invalid': wrong || undefined,
        'aria-required': required || undefined,
      })}
      {(wrong || hint !== undefined) && (
        <div className="field-note" id={note} aria-live={wrong ? 'polite' : undefined}>
          {wrong ? error : hint}
        </div>
      )}
    </div>
  );
}
