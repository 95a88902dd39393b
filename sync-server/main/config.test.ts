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
      webhookSecretsFile: '/var/lib/munim/webhook-secrets.json',
      receiptsDir: '/var/lib/munim/receipts',
      bucket: null,
      templateDir: undefined,
      behindProxy: false,
      metrics: null,
      logLevel: 'info',
      demo: false,
      databaseUrl: null,
      postgresBinDir: null,
      natsUrl: null,
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
    MUNIM_SERVER_METRICS_PORT: '9420',
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
      metrics: { port: 9420, host: '127.0.0.1' },
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

const scaled = {
  ...data,
  DATABASE_URL: 'postgres://db/munim',
  NATS_URL: 'nats://munim:secret@one,two:4223',
  MUNIM_SERVER_KEYS: '/shared/keys.json',
  MUNIM_SERVER_RECEIPTS: '/shared/receipts',
};

test('several processes share their database, keys and receipts', () => {
  expect(readConfig(scaled)).toMatchObject({
    ok: true,
    value: { natsUrl: scaled.NATS_URL, keysFile: '/shared/keys.json', receiptsDir: '/shared/receipts' },
  });
});

test.each(['DATABASE_URL', 'MUNIM_SERVER_KEYS', 'MUNIM_SERVER_S3_BUCKET or MUNIM_SERVER_RECEIPTS'])(
  'NATS_URL without %s is refused',
  (name) => {
    const config = readConfig({ ...scaled, [name.split(' ').at(-1) ?? '']: '' });
    expect(config).toMatchObject({ ok: false, error: expect.stringMatching(`NATS_URL needs ${name}`) });
  },
);

const inBucket = {
  ...scaled,
  MUNIM_SERVER_RECEIPTS: '',
  MUNIM_SERVER_S3_BUCKET: 'receipts',
  MUNIM_SERVER_S3_REGION: 'ap-south-1',
  MUNIM_SERVER_S3_ACCESS_KEY: 'id',
  MUNIM_SERVER_S3_SECRET_KEY: 'secret',
};

test('or they keep the receipts in a bucket', () => {
  const place = { bucket: 'receipts', region: 'ap-south-1', accessKeyId: 'id', secretAccessKey: 'secret' };
  expect(readConfig(inBucket)).toMatchObject({
    value: { bucket: { ...place, endpoint: null, prefix: '', pathStyle: false } },
  });
  const minio = { MUNIM_SERVER_S3_ENDPOINT: 'http://minio:9000', MUNIM_SERVER_S3_PREFIX: 'munim/books' };
  expect(readConfig({ ...inBucket, ...minio, MUNIM_SERVER_S3_PATH_STYLE: '1' })).toMatchObject({
    value: { bucket: { ...place, endpoint: 'http://minio:9000', prefix: 'munim/books/', pathStyle: true } },
  });
});

test.each([
  ['MUNIM_SERVER_S3_REGION', { MUNIM_SERVER_S3_REGION: '' }],
  ['MUNIM_SERVER_S3_ACCESS_KEY', { MUNIM_SERVER_S3_ACCESS_KEY: '' }],
  ['MUNIM_SERVER_S3_SECRET_KEY', { MUNIM_SERVER_S3_SECRET_KEY: '' }],
  ['MUNIM_SERVER_S3_ENDPOINT must', { MUNIM_SERVER_S3_ENDPOINT: 'ftp://minio' }],
  ['MUNIM_SERVER_S3_PREFIX must', { MUNIM_SERVER_S3_PREFIX: 'up//down' }],
  ['MUNIM_SERVER_RECEIPTS do not go together', { MUNIM_SERVER_RECEIPTS: '/shared/receipts' }],
])('a bucket whose settings are wrong is refused: %s', (words, change) => {
  expect(readConfig({ ...inBucket, ...change })).toMatchObject({ error: expect.stringContaining(words) });
});

test('the demonstration is for one process', () => {
  expect(readConfig({ ...scaled, MUNIM_DEMO: '1' })).toMatchObject({ error: expect.stringContaining('MUNIM_DEMO') });
});

test.each(['one:4222', 'http://one', 'nats://', 'nats://one/path', 'nats://one,a:b@two', 'nats://one:port'])(
  'NATS_URL %s is refused',
  (url) => {
    expect(readConfig({ ...scaled, NATS_URL: url })).toMatchObject({ error: expect.stringContaining('NATS_URL must') });
  },
);
