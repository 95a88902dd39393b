import { expect, test } from 'vitest';
import { matches } from './match-keys.ts';

const event = (part: Partial<KeyboardEvent>): KeyboardEvent =>
  ({ key: '', code: '', ctrlKey: false, altKey: false, shiftKey: false, ...part }) as KeyboardEvent;

test('letters are found by their place, so that they work under a Hindi layout', () => {
  expect(matches('Alt+N', event({ altKey: true, code: 'KeyN', key: 'ल' }))).toBe(true);
  expect(matches('Alt+N', event({ code: 'KeyN', key: 'n' }))).toBe(false);
  expect(matches('Alt+N', event({ altKey: true, ctrlKey: true, code: 'KeyN', key: 'n' }))).toBe(false);
  expect(matches('Ctrl+Alt+L', event({ altKey: true, ctrlKey: true, code: 'KeyL', key: 'l' }))).toBe(true);
});

test('named keys need exactly their modifiers', () => {
  expect(matches('F2', event({ key: 'F2' }))).toBe(true);
  expect(matches('F2', event({ key: 'F2', altKey: true }))).toBe(false);
  expect(matches('Alt+F2', event({ key: 'F2', altKey: true }))).toBe(true);
  expect(matches('Ctrl+Enter', event({ key: 'Enter', ctrlKey: true }))).toBe(true);
  expect(matches('Escape', event({ key: 'Escape', shiftKey: true }))).toBe(false);
});

test('signs are taken as typed, whatever the layout', () => {
  expect(matches('?', event({ key: '?', shiftKey: true }))).toBe(true);
  expect(matches('/', event({ key: '/' }))).toBe(true);
  expect(matches('/', event({ key: '?', shiftKey: true }))).toBe(false);
  expect(matches('+', event({ key: '+', shiftKey: true }))).toBe(true);
  expect(matches('+', event({ key: '+', ctrlKey: true }))).toBe(false);
});
