import { type FormEvent, useEffect, useRef, useState } from 'react';
import { fits, type SecretField, type SecretQuestion } from '../../shared/domain/connection/secret-fields.ts';
import { Button } from '../components/button.tsx';
import { ErrorPanel } from '../components/error-panel.tsx';
import { Field } from '../components/field.tsx';
import { useKeyListener, useKeys } from '../components/keys.tsx';
import { nameOf, useText } from '../i18n/text.ts';
import './secret.css';

interface Props {
  readonly question: SecretQuestion;
  onAnswer(values: Readonly<Record<string, string>> | null): void;
}

/** Masked fields. What is typed stays in them until it is sent, and they are emptied then; nothing of it is kept in the page. */
export function SecretForm({ question, onAnswer }: Props) {
  const text = useText();
  const form = useRef<HTMLFormElement>(null);
  const [wrong, setWrong] = useState<readonly string[]>([]);
  const { purpose, about, fields, problem } = question;
  const typedIn = (name: string): string => {
    const input = form.current?.elements.namedItem(name);
    return input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement ? input.value : '';
  };
  const end = (values: Readonly<Record<string, string>> | null): void => {
    form.current?.reset();
    onAnswer(values);
  };
  const send = (): void => {
    const values = Object.fromEntries(fields.map(({ name }) => [name, typedIn(name)]));
    const bad = fields.filter((field) => !isRight(field, values[field.name] ?? '')).map(({ name }) => name);
    setWrong(bad);
    if (bad.length === 0) end(values);
    else form.current?.querySelector<HTMLElement>(`[name="${bad[0]}"]`)?.focus();
  };
  useKeyListener();
  useKeys([
    { keys: 'Ctrl+Enter', label: text('action.save'), run: send },
    { keys: 'Escape', label: text('action.back'), run: () => end(null) },
  ]);
  useEffect(() => form.current?.querySelector<HTMLElement>('input, textarea')?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    send();
  };
  return (
    <main className="secret-page">
      <form ref={form} className="stack" onSubmit={submit} noValidate autoComplete="off">
        <header className="stack-tight">
          <h1>{text(purpose === 'passphrase' ? 'secret.passphraseTitle' : 'secret.title', { about })}</h1>
          <p className="muted">{text(purpose === 'passphrase' ? 'secret.passphraseLead' : 'secret.lead')}</p>
        </header>
        {problem !== null && <ErrorPanel error={{ code: problem, details: {} }} />}
        {fields.map((field) => (
          <Asked key={field.name} field={field} isWrong={wrong.includes(field.name)} />
        ))}
        <footer className="line">
          <span className="push" />
          <Button look="quiet" keys="Esc" onClick={() => end(null)}>
            {text('action.back')}
          </Button>
          <Button type="submit" look="primary" keys="Ctrl+Enter">
            {text(purpose === 'passphrase' ? 'secret.open' : 'secret.keep')}
          </Button>
        </footer>
      </form>
    </main>
  );
}

function Asked({ field, isWrong }: { readonly field: SecretField; readonly isWrong: boolean }) {
  const text = useText();
  const { name, mayBeBlank, isSet, isLong } = field;
  const hint = isSet ? text('secret.isSet') : mayBeBlank ? text('secret.mayBeBlank') : undefined;
  return (
    <Field
      label={nameOf(text, 'connection.field', name)}
      required={!mayBeBlank}
      hint={hint}
      error={isWrong ? text('secret.wrong') : null}
    >
      {(props) =>
        isLong ? (
          <textarea
            {...props}
            name={name}
            rows={4}
            className="input secret-long"
            spellCheck={false}
            autoComplete="off"
          />
        ) : (
          <input {...props} name={name} type="password" className="input" spellCheck={false} autoComplete="off" />
        )
      }
    </Field>
  );
}

const isRight = ({ pattern, mayBeBlank }: SecretField, value: string): boolean =>
  value === '' ? mayBeBlank : fits(pattern, value);
