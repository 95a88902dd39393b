import { expect, test } from 'vitest';
import { readNatsUrl } from './nats-url.ts';

test.each([
  ['nats://one', { servers: ['one:4222'], login: null, tls: false }],
  [
    'nats://a%40b:p%3Aw@one:1,two,[::1]:3',
    { servers: ['one:1', 'two:4222', '[::1]:3'], login: { user: 'a@b', pass: 'p:w' }, tls: false },
  ],
  ['tls://s3cret@one', { servers: ['one:4222'], login: { token: 's3cret' }, tls: true }],
])('reads %s', (url, read) => expect(readNatsUrl(url)).toEqual(read));

test('takes no half address', () => {
  for (const url of ['', 'nats:one', 'nats://one,', 'nats://one?x', 'ws://one', 'nats://%zz@one'])
    expect(readNatsUrl(url), url).toBeNull();
});
