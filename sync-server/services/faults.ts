import { MunimError } from '../../shared/kernel/errors.ts';

/**
 * What went wrong below. `passing`: the same may well succeed later (connection lost, disk full, database stopping), so nobody's
 * entry is refused for it. `lasting`: it will fail the same way again, by a rule of the database or a fault of the program.
 */
export type Fault = { readonly kind: 'passing' } | { readonly kind: 'lasting'; readonly refused: MunimError | null };

/** Classes of SQLSTATE that name a fault of the data or the statement: data exception, constraint, access rule. */
const lastingStates = /^(?:22|23|42|P0)/;

export function faultOf(thrown: unknown): Fault {
  let isQuery = false;
  for (let current: unknown = thrown; current instanceof Error; current = current.cause) {
    if (current instanceof MunimError) {
      return current.code.startsWith('ENGINE_') || current.code === 'SERVER_UNAVAILABLE'
        ? { kind: 'passing' }
        : { kind: 'lasting', refused: current };
    }
    const state = 'code' in current ? current.code : undefined;
    if (typeof state === 'string' && /^[0-9A-Z]{5}$/.test(state)) {
      return lastingStates.test(state) ? { kind: 'lasting', refused: null } : { kind: 'passing' };
    }
    isQuery ||= current.message.startsWith('Failed query:') || state !== undefined;
  }
  return isQuery ? { kind: 'passing' } : { kind: 'lasting', refused: null };
}
