import type { z } from 'zod';
import type { Id } from '../../kernel/ids.ts';
import type { Result } from '../../kernel/result.ts';
import type { HttpRequest, HttpResponse } from '../operation.ts';
import type { ConnectorProblem } from './problem.ts';

/** What a connector may know of the connection it speaks over. It gets values, never the means to fetch them. */
export interface ConnectorContext {
  /** By the names of the manifest. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  /** Where the manifest says `oauth2`: the token of now. */
  readonly accessToken: string | null;
  /** A new one for every request that is sent, repeats of the same excepted. */
  readonly requestId: Id;
  readonly now: number;
}

/** An answer with its headers, their names in small letters. */
export interface ConnectorResponse extends HttpResponse {
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What sending it does there. `read` changes nothing and may be asked again; `keyed` carries a key by which the other side promises to
 * answer a repeat with its first answer; `once` must not be sent a second time whatever became of the first.
 */
export type Effect = 'read' | 'keyed' | 'once';

/** One thing another system does for us: a request built from checked input, and what the answer means. No I/O. */
export interface ConnectorOperation<Input, Output> {
  /** `icici.balance`: for the log and the figures. */
  readonly name: string;
  readonly effect: Effect;
  readonly input: z.ZodType<Input>;
  request(input: Input, context: ConnectorContext): HttpRequest | Promise<HttpRequest>;
  /** An answer that does not say clearly what happened to a payment is `in_doubt`, or `pending` in its output: never a failure. */
  response(
    response: ConnectorResponse,
    input: Input,
    context: ConnectorContext,
  ): Result<Output, ConnectorProblem> | Promise<Result<Output, ConnectorProblem>>;
}

/** What an OAuth token endpoint gave. */
export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}
