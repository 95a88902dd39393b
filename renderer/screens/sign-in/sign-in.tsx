import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import type { Session } from '../../../shared/ipc/contract/session.ts';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { DoorPage } from '../door-page.tsx';

export function SignIn({ session }: { readonly session: Session }) {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const password = useRef<HTMLInputElement>(null);
  const [form, setForm] = useState({ email: session.knownPeople[0]?.email ?? '', password: '' });
  const [left, setLeft] = useState(false);
  const { busy, error, run } = useCall();

  const enter = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setLeft(true);
    if (busy || form.email.trim() === '' || form.password === '') return;
    const done = await run(async () => {
      const signedIn = await desk.call('session.signIn', { email: form.email.trim(), password: form.password });
      queries.setQueryData(['session.get', {}], signedIn);
      return true;
    });
    if (done !== null) return;
    setForm((now) => ({ ...now, password: '' }));
    password.current?.focus();
  };
  const missing = (value: string): string | null => (left && value.trim() === '' ? text('problem.empty') : null);

  return (
    <DoorPage
      title={text('signIn.title')}
      {...(session.device === null
        ? {}
        : { lead: text('signIn.at', { desk: session.device.name, server: session.device.serverName }) })}
    >
      {session.knownPeople.length > 0 && (
        <fieldset className="door-people">
          <legend className="field-label">{text('signIn.who')}</legend>
          {session.knownPeople.map((person) => (
            <button
              key={person.email}
              type="button"
              className="door-person"
              aria-pressed={person.email === form.email}
              onClick={() => {
                setForm({ email: person.email, password: '' });
                password.current?.focus();
              }}
            >
              <span>{person.name}</span>
              <span className="muted small">{person.email}</span>
            </button>
          ))}
        </fieldset>
      )}
      <form className="stack" onSubmit={(event) => void enter(event)} noValidate>
        <Field label={text('signIn.email')} error={missing(form.email)} required>
          {(field) => (
            <TextInput
              {...field}
              type="email"
              autoComplete="username"
              spellCheck={false}
              autoFocus={form.email === ''}
              value={form.email}
              onChange={(email) => setForm((now) => ({ ...now, email }))}
            />
          )}
        </Field>
        <Field label={text('signIn.password')} error={missing(form.password)} required>
          {(field) => (
            <TextInput
              {...field}
              ref={password}
              type="password"
              autoComplete="current-password"
              autoFocus={form.email !== ''}
              value={form.password}
              onChange={(value) => setForm((now) => ({ ...now, password: value }))}
            />
          )}
        </Field>
        {error !== null && <ErrorPanel error={error} />}
        <Button type="submit" look="primary" busy={busy}>
          {text('signIn.do')}
        </Button>
        <p className="muted small">{text('signIn.offline')}</p>
      </form>
      {session.demonstration && <DemonstrationNote />}
    </DoorPage>
  );
}

function DemonstrationNote() {
  const text = useText();
  return (
    <aside className="panel stack-tight" aria-label={text('signIn.demoTitle')}>
      <h2>{text('signIn.demoTitle')}</h2>
      <p className="muted small">{text('signIn.demo')}</p>
    </aside>
  );
}
