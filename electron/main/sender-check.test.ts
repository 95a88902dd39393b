import { expect, it } from 'vitest';
import { isSecretPage, isTrustedSender } from './sender-check.ts';

const windows = new Set([7]);
const page = { url: 'app://ledger/index.html', parent: null };

it('answers the top frame of our own window', () => {
  expect(isTrustedSender({ sender: { id: 7 }, senderFrame: page }, windows)).toBe(true);
});

it.each([
  ['a frame that is gone', { sender: { id: 7 }, senderFrame: null }],
  ['a child frame', { sender: { id: 7 }, senderFrame: { ...page, parent: page } }],
  ['another page', { sender: { id: 7 }, senderFrame: { ...page, url: 'https://evil.example/' } }],
  ['an empty page', { sender: { id: 7 }, senderFrame: { ...page, url: '' } }],
  ['a window we did not open', { sender: { id: 8 }, senderFrame: page }],
])('refuses %s', (_name, event) => {
  expect(isTrustedSender(event, windows)).toBe(false);
});

it('answers the window for secrets only on its own page', () => {
  const secret = { url: 'app://ledger/secret.html', parent: null };
  expect(isSecretPage({ sender: { id: 9 }, senderFrame: secret }, 9)).toBe(true);
  expect(isSecretPage({ sender: { id: 7 }, senderFrame: secret }, 9)).toBe(false);
  expect(isSecretPage({ sender: { id: 9 }, senderFrame: page }, 9)).toBe(false);
  expect(isSecretPage({ sender: { id: 9 }, senderFrame: { ...secret, parent: page } }, 9)).toBe(false);
  expect(isSecretPage({ sender: { id: 9 }, senderFrame: null }, 9)).toBe(false);
});
