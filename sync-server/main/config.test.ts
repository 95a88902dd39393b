import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const data = { MUNIM_SERVER_DATA: '/var/lib/munim' };

test('little has to be said: the data folder', () => {
  expect(readConfig(data)).toEqual({
    ok: true,
    value: {
      port: 7420,
      host: '127.0.0.1',
      dataDir: '/var/lib/munim',
      name: 'Munim sync-server',
      tls: null,
      keysFile: '/var/lib/munim/server-keys.json',
      templateDir: undefined,
      behindProxy: false,
      logLevel: 'info',
      demo: false,
      databaseUrl: null,
    },
  });
});

test('everything can be said, and an empty variable says nothing', () => {
  const config = readConfig({
    ...data,
    MUNIM_SERVER_PORT: '0',
    MUNIM_SERVER_HOST: '::1',
    MUNIM_SERVER_TLS_CERT: '/c',
    MUNIM_SERVER_TLS_KEY: '/k',
    MUNIM_SERVER_KEYS: '/keys',
    MUNIM_SERVER_BEHIND_PROXY: '1',
    MUNIM_SERVER_NAME: '',
    MUNIM_DEMO: '1',
    DATABASE_URL: 'postgresql://host/db',
  });
  expect(config).toMatchObject({
    value: {
      port: 0,
      host: '::1',
      tls: { certFile: '/c', keyFile: '/k' },
      keysFile: '/keys',
      behindProxy: true,
      name: 'Munim sync-server',
      demo: true,
      databaseUrl: 'postgresql://host/db',
    },
  });
});

test('one message names every variable that is wrong, and repeats no value', () => {
  const config = readConfig({
    MUNIM_SERVER_PORT: '65536',
    MUNIM_SERVER_LOG: 'loud',
    DATABASE_URL: 'mysql://user:secret@host',
    MUNIM_DEMO: 'yes',
  });
  const message = config.ok ? '' : config.error;
  for (const name of ['MUNIM_SERVER_PORT', 'MUNIM_SERVER_DATA', 'MUNIM_SERVER_LOG', 'DATABASE_URL', 'MUNIM_DEMO']) {
    expect(message).toContain(name);
  }
  expect(message).not.toContain('secret');
});

test('a certificate without its key is no setting', () => {
  const config = readConfig({ ...data, MUNIM_SERVER_TLS_CERT: '/c' });
  expect(config).toMatchObject({ ok: false, error: expect.stringContaining('MUNIM_SERVER_TLS_KEY') });
});
