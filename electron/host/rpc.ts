import { z } from 'zod';
import { type ErrorDetails, isErrorCode, MunimError, toMunimError } from '../../shared/kernel/errors.ts';

/**
 * Calls and events between the two processes of the desk, alike in both directions. Messages are structured clones, so exact integers
 * and bytes survive. What is not one of these messages (a heartbeat) is left to others.
 */
const zRpcMessage = z.discriminatedUnion('rpc', [
  z.strictObject({ rpc: z.literal('call'), id: z.int().nonnegative(), method: z.string().max(80), input: z.unknown() }),
  z.strictObject({ rpc: z.literal('done'), id: z.int().nonnegative(), value: z.unknown() }),
  z.strictObject({
    rpc: z.literal('failed'),
    id: z.int().nonnegative(),
    code: z.string().max(80),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  }),
  z.strictObject({ rpc: z.literal('event'), name: z.string().max(80), data: z.unknown() }),
]);
type RpcMessage = z.infer<typeof zRpcMessage>;

export interface RpcOptions {
  /** May throw when the other side is away; a call then fails with what was thrown. */
  readonly post: (message: RpcMessage) => void;
  readonly methods: Readonly<Record<string, (input: unknown) => Promise<unknown>>>;
  readonly onEvent: (name: string, data: unknown) => void;
  /** Told of faults that are not refusals, since only a code crosses. */
  readonly onFault: (method: string, problem: unknown) => void;
}

export interface Rpc {
  /** @throws MunimError as the other side threw it; HOST_GONE when it went away before answering */
  call(method: string, input: unknown): Promise<unknown>;
  emit(name: string, data: unknown): void;
  /**
   * @param post where an answer to it goes; `options.post` when absent. Where the other side can be replaced it must be the very process that asked: the next one
   * numbers its calls anew, and would take the answer for one to a call of its own.
   * @returns whether the message was one of ours
   */
  receive(message: unknown, post?: RpcOptions['post']): boolean;
  /** Ends every call under way: the other side is gone, and nobody knows whether they were done. */
  failAll(code: 'HOST_GONE'): void;
  /** The other side is gone and will not come back: calls under way end, and later ones at once. */
  end(): void;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(problem: MunimError): void;
}

export function createRpc(options: RpcOptions): Rpc {
  const waiting = new Map<number, Waiting>();
  let nextId = 0;
  let isEnded = false;

  const answer = async (id: number, method: string, input: unknown, post: RpcOptions['post']): Promise<void> => {
    let message: RpcMessage;
    try {
      const run = Object.hasOwn(options.methods, method) ? options.methods[method] : undefined;
      if (run === undefined) throw new MunimError('INPUT_INVALID', { where: method });
      message = { rpc: 'done', id, value: await run(input) };
    } catch (thrown) {
      const problem = toMunimError(thrown);
      if (problem.code === 'INTERNAL') options.onFault(method, thrown);
      message = { rpc: 'failed', id, code: problem.code, details: { ...problem.details } };
    }
    try {
      post(message);
    } catch (thrown) {
      // The caller has gone, or the answer cannot be cloned; the first is told to it by its own exit, the second is a fault.
      options.onFault(method, thrown);
    }
  };

  const settle = (message: Extract<RpcMessage, { rpc: 'done' | 'failed' }>): void => {
    const call = waiting.get(message.id);
    if (call === undefined) return;
    waiting.delete(message.id);
    if (message.rpc === 'done') call.resolve(message.value);
    else call.reject(refusalOf(message.code, message.details));
  };

  const failAll: Rpc['failAll'] = (code) => {
    const calls = [...waiting.values()];
    waiting.clear();
    for (const call of calls) call.reject(new MunimError(code));
  };

  return {
    call: (method, input) =>
      new Promise((resolve, reject) => {
        if (isEnded) {
          reject(new MunimError('HOST_GONE'));
          return;
        }
        const id = nextId++;
        waiting.set(id, { resolve, reject });
        try {
          options.post({ rpc: 'call', id, method, input });
        } catch (thrown) {
          waiting.delete(id);
          reject(toMunimError(thrown));
        }
      }),
    emit: (name, data) => options.post({ rpc: 'event', name, data }),
    receive: (message, post = options.post) => {
      const read = zRpcMessage.safeParse(message);
      if (!read.success) return false;
      if (read.data.rpc === 'call') void answer(read.data.id, read.data.method, read.data.input, post);
      else if (read.data.rpc === 'event') options.onEvent(read.data.name, read.data.data);
      else settle(read.data);
      return true;
    },
    failAll,
    end: () => {
      isEnded = true;
      failAll('HOST_GONE');
    },
  };
}

const refusalOf = (code: string, details: ErrorDetails): MunimError =>
  isErrorCode(code) ? new MunimError(code, details) : new MunimError('INTERNAL');
