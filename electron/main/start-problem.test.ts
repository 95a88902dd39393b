import { expect, it } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import { startProblemText } from './start-problem.ts';

it('says what happened and what to do, with a reference', () => {
  const text = startProblemText(new MunimError('ENGINE_DISK_FULL', { freeMiB: 12 }), 'a1b2');
  expect(text).toContain('12 MiB are free');
  expect(text).toContain('Free some space');
  expect(text).toContain('ENGINE_DISK_FULL · a1b2');
});

it('does not show what an unknown fault says of itself', () => {
  const text = startProblemText(new Error('token=secret'), 'a1b2');
  expect(text).toContain('INTERNAL · a1b2');
  expect(text).not.toContain('secret');
});
