import {
  type ChannelName,
  contract,
  type EventData,
  type EventName,
  type Input,
  isChannelName,
} from '../../shared/ipc/contract.ts';
import type { Reply } from '../../shared/ipc/transport.ts';
import { MunimError, toMunimError } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import type { Random } from '../../shared/ports/random.ts';
import type { HandlerMap } from './desk-context.ts';

/** Writes down what a refusal or fault was about, under the reference the person sees. */
export type DispatchLog = (entry: {
  readonly ref: string;
  readonly channel: string;
  readonly code: string;
  readonly problem: unknown;
}) => void;

export interface CheckedCall<N extends ChannelName = ChannelName> {
  readonly name: N;
  readonly input: Input<N>;
}

/** @throws MunimError INPUT_INVALID, naming the first member that does not fit */
export function checkCall(channel: string, input: unknown): CheckedCall {
  if (!isChannelName(channel)) throw new MunimError('INPUT_INVALID', { where: 'channel' });
  const read = contract[channel].input.safeParse(input);
  if (!read.success) {
    const where = read.error.issues[0]?.path.map(String).join('.') ?? '';
    throw new MunimError('INPUT_INVALID', { where: where === '' ? channel : where });
  }
  return { name: channel, input: read.data };
}

/** Answers one call by its handler: known channel, input of its form, answer of its form; anything thrown becomes a code and a reference. */
export async function dispatch(
  handlers: HandlerMap,
  channel: string,
  input: unknown,
  log: DispatchLog,
  random: Random,
): Promise<Reply> {
  try {
    const call = checkCall(channel, input);
    const handler = handlers[call.name] as ((input: unknown) => Promise<unknown>) | undefined;
    if (handler === undefined) throw new Error(`no handler for ${channel}`);
    return { ok: true, value: contract[call.name].output.parse(await handler(call.input)) };
  } catch (thrown) {
    return failedReply(channel, thrown, log, random);
  }
}

export function failedReply(channel: string, thrown: unknown, log: DispatchLog, random: Random): Reply {
  const problem = toMunimError(thrown);
  const ref = toHex(random.bytes(6));
  log({ ref, channel, code: problem.code, problem: problem.code === 'INTERNAL' ? thrown : null });
  return { ok: false, code: problem.code, details: problem.details, ref };
}

export type Emit = <N extends EventName>(name: N, data: EventData<N>) => void;
