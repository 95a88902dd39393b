import { useState } from 'react';
import { fits } from '../../../shared/domain/connection/secret-fields.ts';
import type { ConnectionView, ConnectorOfferView } from '../../../shared/ipc/contract/connections.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Select, TextInput } from '../../components/inputs.tsx';
import { useDesk } from '../../data/desk.tsx';
import { useCall } from '../../data/use-call.ts';
import { useMasters } from '../../data/use-masters.ts';
import { nameOf, useText } from '../../i18n/text.ts';

interface Props {
  /** Null for a new one. */
  readonly connection: ConnectionView | null;
  readonly connectors: readonly ConnectorOfferView[];
  readonly collegeId: string;
  onSaved(id: string): void;
  onClose(): void;
}

/** What of a connection is not secret: bank, account, address and settings. */
export function ConnectionDialog({ connection, connectors, collegeId, onSaved, onClose }: Props) {
  const text = useText();
  const desk = useDesk();
  const { accounts } = useMasters(collegeId);
  const banks = accounts.filter(({ role }) => role === 'bank');
  const [connectorId, setConnectorId] = useState(connection?.connectorId ?? connectors[0]?.id ?? '');
  const [account, setAccount] = useState(connection?.accountCode ?? '');
  const [accountNumber, setAccountNumber] = useState(connection?.accountNumber ?? '');
  const [environment, setEnvironment] = useState(connection?.environment ?? 'production');
  const [baseUrl, setBaseUrl] = useState(connection?.baseUrl ?? '');
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(connection?.settings ?? {});
  const [tried, setTried] = useState(false);
  const { busy, error, run } = useCall();
  const offer = connectors.find(({ id }) => id === connectorId);
  const accountCode = account === '' ? (banks[0]?.code ?? '') : account;
  const isNumberWrong = !/^[0-9A-Za-z]{5,34}$/.test(accountNumber.trim());
  const isAddressWrong = environment === 'custom' && !/^https:\/\/[^\s/]+/.test(baseUrl.trim());
  const wrongSettings = (offer?.settings ?? []).filter(({ name, pattern, isOptional }) => {
    const value = (settings[name] ?? '').trim();
    return value === '' ? !isOptional : !fits(pattern, value);
  });
  const environments = (['sandbox', 'production', 'custom'] as const).filter(
    (one) => one !== 'sandbox' || offer?.hasSandbox === true || environment === 'sandbox',
  );
  const save = async (): Promise<void> => {
    setTried(true);
    if (isNumberWrong || isAddressWrong || wrongSettings.length > 0 || accountCode === '' || offer === undefined)
      return;
    await run(async () => {
      const { id } = await desk.call('connections.save', {
        ...{ id: connection?.id ?? null, collegeId, connectorId, accountCode, environment, settings },
        accountNumber: accountNumber.trim(),
        baseUrl: environment === 'custom' ? baseUrl.trim() : null,
      });
      onSaved(id);
    });
  };
  return (
    <ConfirmDialog
      title={text(connection === null ? 'connection.new' : 'connection.change')}
      consequence={<p>{text(connection === null ? 'connection.newNote' : 'connection.changeNote')}</p>}
      confirmLabel={text('connection.save')}
      busy={busy}
      error={error}
      onConfirm={() => void save()}
      onClose={onClose}
    >
      <Field label={text('connection.connector')} required>
        {(field) => (
          <Select
            {...field}
            value={connectorId}
            disabled={connection !== null}
            options={connectors.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setConnectorId}
          />
        )}
      </Field>
      <Field label={text('connection.account')} required>
        {(field) => (
          <Select
            {...field}
            value={accountCode}
            options={banks.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
            onChange={setAccount}
          />
        )}
      </Field>
      <Field
        label={text('connection.accountNumber')}
        required
        hint={text('connection.accountNumberHint')}
        error={tried && isNumberWrong ? text('connection.accountNumberWrong') : null}
      >
        {(field) => <TextInput {...field} maxLength={34} value={accountNumber} onChange={setAccountNumber} />}
      </Field>
      <Field label={text('connection.environment')} required>
        {(field) => (
          <Select
            {...field}
            value={environment}
            options={environments.map((one) => ({ value: one, label: text(`environment.${one}`) }))}
            onChange={(one) => setEnvironment(environments.find((known) => known === one) ?? 'production')}
          />
        )}
      </Field>
      {environment === 'custom' && (
        <Field
          label={text('connection.address')}
          required
          hint={text('connection.addressHint')}
          error={tried && isAddressWrong ? text('connection.addressHint') : null}
        >
          {(field) => <TextInput {...field} inputMode="url" maxLength={400} value={baseUrl} onChange={setBaseUrl} />}
        </Field>
      )}
      {(offer?.settings ?? []).map(({ name, isOptional }) => (
        <Field
          key={name}
          label={nameOf(text, 'connection.field', name)}
          required={!isOptional}
          hint={isOptional ? text('secret.mayBeBlank') : undefined}
          error={tried && wrongSettings.some((one) => one.name === name) ? text('connection.fillIn') : null}
        >
          {(field) => (
            <TextInput
              {...field}
              value={settings[name] ?? ''}
              onChange={(value) => setSettings({ ...settings, [name]: value })}
            />
          )}
        </Field>
      ))}
    </ConfirmDialog>
  );
}
