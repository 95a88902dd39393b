import { type ErrorDetails, MunimError } from '../kernel/errors.ts';
import {
  type ChannelName,
  contract,
  type EventData,
  type EventName,
  events,
  type Input,
  type Output,
} from './contract.ts';
import type { HostTransport } from './transport.ts';

/** A refusal as the renderer meets it: what to show, and the reference that finds it in the desk's log. */
export class DeskError extends MunimError {
  readonly ref: string;

  constructor(code: MunimError['code'], details: ErrorDetails, ref: string) {
    super(code, details);
    this.name = 'DeskError';
    this.ref = ref;
  }
}

/** The typed face of a transport. Throws DeskError. */
export interface DeskClient {
  call<N extends ChannelName>(name: N, input: Input<N>): Promise<Output<N>>;
  /** @returns a function that stops listening */
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;
}

export function createClient(transport: HostTransport): DeskClient {
  return {
    async call(name, input) {
      const reply = await transport.invoke(name, input);
      if (!reply.ok) throw new DeskError(reply.code, reply.details, reply.ref);
      return contract[name].output.parse(reply.value) as Output<typeof name>;
    },
    on(name, listener) {
      return transport.on((event) => {
        if (event.name !== name) return;
        const data = events[name].safeParse(event.data);
        if (data.success) listener(data.data as EventData<typeof name>);
      });
    },
  };
}
