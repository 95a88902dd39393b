import type { Reply } from '../../shared/ipc/transport.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import { toHex } from '../../shared/kernel/ids.ts';
import { type Random, systemRandom } from '../../shared/ports/random.ts';
import type { Desk } from './desk.ts';

/** Channel names are short identifiers; anything longer is not one of ours. */
const CHANNEL_PATTERN = /^[a-z][a-zA-Z0-9.-]{0,79}$/;

export type FaultLog = (ref: string, problem: unknown) => void;

/**
 * Hands one call to the desk. What the desk throws stays on this side: the caller gets a code and the reference under which the log
 * has the rest.
 */
export async function answerCall(
  desk: Pick<Desk, 'invoke'>,
  call: { readonly channel: unknown; readonly input: unknown },
  log: FaultLog,
  random: Random = systemRandom,
): Promise<Reply> {
  const ref = toHex(random.bytes(6));
  if (typeof call.channel !== 'string' || !CHANNEL_PATTERN.test(call.channel)) {
    return { ok: false, code: 'INPUT_INVALID', details: { where: 'channel' }, ref };
  }
  try {
    return await desk.invoke(call.channel, call.input);
  } catch (thrown) {
    log(ref, thrown);
    const problem = toMunimError(thrown);
    return { ok: false, code: problem.code, details: problem.details, ref };
  }
}
