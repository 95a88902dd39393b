import type { z } from 'zod';
import {
  type Asked,
  declined,
  saidText,
  statusProblem,
  textOf,
  unreadable,
} from '../../../shared/connectors/_kit/answers.ts';
import { jsonBytes } from '../../../shared/connectors/_kit/json-body.ts';
import type { ConnectorContext, ConnectorResponse, Effect } from '../../../shared/connectors/_kit/operation.ts';
import { type ConnectorProblem, problem } from '../../../shared/connectors/_kit/problem.ts';
import type { HttpRequest } from '../../../shared/connectors/operation.ts';
import { parseExact } from '../../../shared/kernel/exact-json.ts';
import { err, ok, type Result } from '../../../shared/kernel/result.ts';
import { refused } from './contract.ts';
import { sampleBankManifest } from './manifest.ts';
import { reasonOf } from './mapping.ts';

const { name } = sampleBankManifest;

export const asked = (effect: Effect): Asked => ({ name, effect });

export function ask(
  context: ConnectorContext,
  path: string,
  query: Readonly<Record<string, string>> = {},
): HttpRequest {
  const search = new URLSearchParams(query).toString();
  const whole = search === '' ? path : `${path}?${search}`;
  return { method: 'GET', path: whole, headers: headersOf(context), body: new Uint8Array() };
}

/** @param key by which a repeat is known */
export function tell(context: ConnectorContext, path: string, key: string, body: unknown): HttpRequest {
  const headers = { ...headersOf(context), 'content-type': 'application/json', 'idempotency-key': key };
  return { method: 'POST', path, headers, body: jsonBytes(body) };
}

const headersOf = ({ accessToken, requestId }: ConnectorContext): Record<string, string> => ({
  accept: 'application/json',
  authorization: `Bearer ${accessToken ?? ''}`,
  'x-request-id': requestId,
});

/** The answer in the shape of the contract, or what its status and its code say instead. */
export function readAnswer<Schema extends z.ZodType>(
  response: ConnectorResponse,
  schema: Schema,
  effect: Effect,
  nowMs: number,
): Result<z.output<Schema>, ConnectorProblem> {
  const found = statusProblem(response, asked(effect), nowMs);
  if (found === null) return readJson(response, schema, effect);
  const said = found.kind === 'validation' ? readJson(response, refused, effect) : null;
  if (said === null || !said.ok) return err(found);
  const reason = reasonOf(said.value.code);
  if (reason !== null) return err(declined(reason, name, said.value.text));
  return err(problem('validation', 'CONNECTOR_REJECTED', { name, detail: saidText(said.value.text) }));
}

function readJson<Schema extends z.ZodType>(
  response: ConnectorResponse,
  schema: Schema,
  effect: Effect,
): Result<z.output<Schema>, ConnectorProblem> {
  const text = textOf(response, asked(effect));
  if (!text.ok) return text;
  let value: unknown;
  try {
    value = parseExact(text.value);
  } catch {
    return err(unreadable(asked(effect), 'no JSON'));
  }
  const read = schema.safeParse(value);
  return read.success ? ok(read.data) : err(unreadable(asked(effect), 'other members'));
}
