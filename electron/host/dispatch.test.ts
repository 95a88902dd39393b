import { describe, expect, it } from 'vitest';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { HandlerMap } from './desk-context.ts';
import { checkCall, dispatch } from './dispatch.ts';
import { joinHandlers } from './handlers.ts';

const random = { bytes: (count: number) => new Uint8Array(count).fill(0xcd) };
const run = async (handlers: HandlerMap, channel: string, input: unknown) => {
  const log: unknown[] = [];
  const reply = await dispatch(handlers, channel, input, (entry) => log.push(entry), random);
  return { reply, log };
};

describe('a call', () => {
  it('is answered by its handler', async () => {
    const { reply } = await run({ 'drafts.get': async ({ form }) => ({ content: form }) }, 'drafts.get', { form: 'x' });
    expect(reply).toEqual({ ok: true, value: { content: 'x' } });
  });

  it.each<[string, string, unknown]>([
    ['an unknown channel', 'drafts.drop', {}],
    ['an inherited name', 'constructor', {}],
    ['a member too many', 'drafts.get', { form: 'x', more: 1 }],
    ['a missing member', 'drafts.get', {}],
    ['another type', 'drafts.get', { form: 7 }],
  ])('with %s is refused before any handler runs', async (_name, channel, input) => {
    let ran = false;
    const handler = async () => {
      ran = true;
      return { content: null };
    };
    const { reply } = await run({ 'drafts.get': handler }, channel, input);
    expect(reply).toMatchObject({ ok: false, code: 'INPUT_INVALID', ref: 'cdcdcdcdcdcd' });
    expect(ran).toBe(false);
  });

  it('names the member that does not fit', () => {
    expect(() => checkCall('drafts.get', { form: 7 })).toThrow(/form/);
  });

  it('is told the refusal, and the log nothing more', async () => {
    const refusing: HandlerMap = { 'drafts.get': () => Promise.reject(new MunimError('NOT_FOUND', { what: 'draft' })) };
    const { reply, log } = await run(refusing, 'drafts.get', { form: 'x' });
    expect(reply).toEqual({ ok: false, code: 'NOT_FOUND', details: { what: 'draft' }, ref: 'cdcdcdcdcdcd' });
    expect(log).toEqual([{ ref: 'cdcdcdcdcdcd', channel: 'drafts.get', code: 'NOT_FOUND', problem: null }]);
  });

  it('that meets a fault, or an answer of the wrong form, gets a reference under which the log has it', async () => {
    const broken = new Error('secret');
    const wrong = { 'drafts.get': async () => ({ content: 7 }) } as unknown as HandlerMap;
    for (const handlers of [{ 'drafts.get': () => Promise.reject(broken) }, wrong]) {
      const { reply, log } = await run(handlers, 'drafts.get', { form: 'x' });
      expect(reply).toEqual({ ok: false, code: 'INTERNAL', details: {}, ref: 'cdcdcdcdcdcd' });
      expect(log).toMatchObject([{ ref: 'cdcdcdcdcdcd', problem: expect.any(Error) }]);
    }
  });

  it('has one handler only', () => {
    const map: HandlerMap = { 'drafts.get': async () => ({ content: null }) };
    expect(() => joinHandlers(map, map)).toThrow('two handlers for drafts.get');
  });
});
