import type { Refusal } from '../kernel/errors.ts';
import type { Result } from '../kernel/result.ts';

/** A request as a connector builds it; who sends it adds the address of the other side. Connectors do no I/O themselves. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface HttpResponse {
  readonly status: number;
  readonly body: Uint8Array;
}

/** One thing that another system does for us. */
export interface Operation<Input, Output> {
  readonly name: string;
  /** Whether sending it again after an unknown outcome leaves the other side as sending it once would. */
  readonly isRepeatable: boolean;
  request(input: Input): HttpRequest;
  /** What the answer means for this input. */
  response(response: HttpResponse, input: Input): Result<Output, Refusal>;
}
