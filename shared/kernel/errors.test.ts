import { describe, expect, it } from 'vitest';
import { errorCatalogue, fillText, isErrorCode, MunimError, refusal, toMunimError } from './errors.ts';

describe('the catalogue of errors', () => {
  it.each(Object.entries(errorCatalogue))('%s says what happened and what to do', (code, entry) => {
    expect(code).toMatch(/^[A-Z]+(_[A-Z]+)*$/);
    expect(entry.cause).toMatch(/^.{8,}\.$/);
    expect(entry.next).toMatch(/^.{8,}[.!]$/);
    if ('http' in entry) expect(entry.http >= 400 && entry.http < 600).toBe(true);
  });

  it('knows its own codes only', () => {
    expect(isErrorCode('PERIOD_CLOSED')).toBe(true);
    expect(isErrorCode('toString')).toBe(false);
  });
});

describe('errors', () => {
  it('fill their text and leave what is not known', () => {
    expect(fillText('{a} and {b} and {toString}', { a: 1 })).toBe('1 and {b} and {toString}');
    const error = new MunimError('PERIOD_CLOSED', { date: '2025-03-31' });
    expect(error.message).toBe('PERIOD_CLOSED: The period of 2025-03-31 is closed.');
    expect(refusal('APPROVAL_OWN')).toEqual({ code: 'APPROVAL_OWN', details: {} });
  });

  it('of others become INTERNAL and keep their cause', () => {
    const thrown = new TypeError('oh');
    const error = toMunimError(thrown);
    expect(error.code).toBe('INTERNAL');
    expect(error.cause).toBe(thrown);
    expect(toMunimError(error)).toBe(error);
  });

  it('keep their code when a library wraps them', () => {
    const full = new MunimError('ENGINE_DISK_FULL', { freeMiB: 0 });
    expect(toMunimError(new Error('Failed query', { cause: new Error('again', { cause: full }) }))).toBe(full);
  });
});
