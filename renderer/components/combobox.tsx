import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import './combobox.css';
import { classes } from './classes.ts';
import type { FieldProps } from './field.tsx';

export interface Option {
  readonly value: string;
  readonly label: string;
  /** A code or a second line to search by and to show. */
  readonly note?: string | undefined;
}

interface Props {
  readonly field: FieldProps;
  readonly value: string | null;
  /** What is shown for a value that is not among the options (they may come page by page). */
  readonly valueLabel?: string | undefined;
  readonly options: readonly Option[];
  onChange(value: string): void;
  onBlur?(): void;
  /**
   * When given, the desk searches and the options follow. While it does, those of the text before are still here: only what fits the text
   * can be taken, or a quick Enter would take what was never asked for.
   */
  onSearch?(text: string): void;
  readonly empty: string;
  /** An action below the list, such as creating what was typed. */
  readonly footer?: ReactNode;
  readonly autoFocus?: boolean;
}

const SHOWN_MAX = 100;

/** Whether every word of the text stands in the option's label or note. */
export const fits = (option: Option, text: string): boolean => {
  const haystack = `${option.note ?? ''} ${option.label}`.toLocaleLowerCase();
  return text
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
};

/** Type-ahead on code and name: an editable combobox with a listbox (ARIA Authoring Practices). Enter takes the marked one and moves on. */
export function Combobox(props: Props) {
  const { field, value, options, onChange } = props;
  const listId = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const open = typed !== null;
  const shown = (typed === null ? options : options.filter((option) => fits(option, typed))).slice(0, SHOWN_MAX);
  const label = options.find((option) => option.value === value)?.label ?? props.valueLabel ?? '';
  const list = useRef<HTMLDivElement>(null);

  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const type = (text: string): void => {
    setTyped(text);
    setActive(0);
    props.onSearch?.(text);
  };
  const take = (option: Option | undefined): void => {
    if (option !== undefined) onChange(option.value);
    setTyped(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) {
        type('');
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((now) => Math.max(0, Math.min(shown.length - 1, now + step)));
    } else if (event.key === 'Enter' && !event.ctrlKey && open) {
      // The form moves on after this; it must not do so without a choice while the list is still open.
      const option = shown[active];
      if (option === undefined) event.preventDefault();
      else take(option);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      event.stopPropagation();
      setTyped(null);
    }
  };
  const onBlur = (event: FocusEvent<HTMLDivElement>): void => {
    if (event.currentTarget.contains(event.relatedTarget)) return;
    // Leaving by Tab with something typed takes the marked option, as accountants are used to.
    if (typed !== null && typed !== '') take(shown[active]);
    setTyped(null);
    props.onBlur?.();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the focus left input and list together.
    <div className="combobox" onBlur={onBlur}>
      <input
        {...field}
        type="text"
        role="combobox"
        className="input"
        autoComplete="off"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: the first field of a form that was opened by a key.
        autoFocus={props.autoFocus}
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && shown.length > 0 ? `${listId}-${active}` : undefined}
        value={typed ?? label}
        onChange={(event) => type(event.target.value)}
        onClick={() => !open && type('')}
        onFocus={(event) => event.target.select()}
        onKeyDown={onKeyDown}
      />
      {open && (
        <div className="combobox-popup">
          <div id={listId} className="combobox-list" role="listbox" ref={list} aria-label={label} tabIndex={-1}>
            {shown.map((option, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the input, which keeps the focus.
              <div
                key={option.value}
                id={`${listId}-${index}`}
                data-index={index}
                role="option"
                tabIndex={-1}
                aria-selected={index === active}
                className={classes('combobox-option', index === active && 'is-active')}
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => take(option)}
                onPointerMove={() => setActive(index)}
              >
                <span>{option.label}</span>
                {option.note !== undefined && <span className="muted small">{option.note}</span>}
              </div>
            ))}
          </div>
          {shown.length === 0 && <p className="combobox-empty muted">{props.empty}</p>}
          {props.footer !== undefined && <div className="combobox-footer">{props.footer}</div>}
        </div>
      )}
    </div>
  );
}
