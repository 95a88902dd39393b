import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { Button } from '../../components/button.tsx';
import { ErrorPanel } from '../../components/error-panel.tsx';
import { Field } from '../../components/field.tsx';
import { TextInput } from '../../components/inputs.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useText } from '../../i18n/text.ts';
import { DoorPage } from '../door-page.tsx';

const isAddress = (text: string): boolean => z.url({ protocol: /^https?$/ }).safeParse(text.trim()).success;

/** A new desk joins its college by a code that works once. */
export function Enrol() {
  const text = useText();
  const desk = useDesk();
  const queries = useQueryClient();
  const [form, setForm] = useState({ serverUrl: '', code: '', deviceName: '' });
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const { busy, error, run } = useCall();

  const problems = {
    serverUrl: isAddress(form.serverUrl) ? null : text('enrol.serverWrong'),
    code: form.code.trim().length >= 8 ? null : text('enrol.codeWrong'),
    deviceName: form.deviceName.trim() === '' ? text('problem.empty') : null,
  };
  const shown = (name: keyof typeof form): string | null => (left.has(name) ? problems[name] : null);
  const bind = (name: keyof typeof form) => ({
    value: form[name],
    onChange: (value: string) => setForm((now) => ({ ...now, [name]: value })),
    onBlur: () => form[name] !== '' && setLeft((now) => new Set(now).add(name)),
  });

  const join = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setLeft(new Set(Object.keys(form)));
    if (busy || Object.values(problems).some((problem) => problem !== null)) return;
    await run(async () => {
      const session = await desk.call('session.enrol', {
        serverUrl: form.serverUrl.trim(),
        code: form.code.trim(),
        deviceName: form.deviceName.trim(),
      });
      queries.setQueryData(['session.get', {}], session);
    });
  };

  return (
    <DoorPage title={text('enrol.title')} lead={text('enrol.lead')}>
      <form className="stack" onSubmit={(event) => void join(event)} noValidate>
        <Field label={text('enrol.server')} error={shown('serverUrl')} hint={text('enrol.serverHint')} required>
          {(field) => <TextInput {...field} {...bind('serverUrl')} inputMode="url" spellCheck={false} autoFocus />}
        </Field>
        <Field label={text('enrol.code')} error={shown('code')} required>
          {(field) => <TextInput {...field} {...bind('code')} spellCheck={false} />}
        </Field>
        <Field label={text('enrol.device')} error={shown('deviceName')} hint={text('enrol.deviceHint')} required>
          {(field) => <TextInput {...field} {...bind('deviceName')} />}
        </Field>
        {error !== null && <ErrorPanel error={error} />}
        <Button type="submit" look="primary" busy={busy}>
          {text(busy ? 'enrol.doing' : 'enrol.do')}
        </Button>
        <p className="muted small">{text('enrol.offlineNote')}</p>
      </form>
    </DoorPage>
  );
}
