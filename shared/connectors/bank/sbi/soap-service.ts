import type { Client, IHttpClient, ISecurity, SoapMethod, WSDL } from 'soap';
import { z } from 'zod';
import { err, ok, type Result } from '../../../kernel/result.ts';
import { onlyChild, readSoap, SOAP12, type SoapNode, writeSoap } from './soap-reader.ts';

/** What another system said instead of an answer (SOAP 1.2, part 1, section 5.4): local names without their prefix. */
export interface SoapFault {
  readonly code: string;
  /** From the outermost to the innermost. */
  readonly subcodes: readonly string[];
  readonly reason: string;
}

export type SoapAnswer =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'fault'; readonly fault: SoapFault };

export interface SoapEnvelope {
  readonly contentType: string;
  /** What the security wants beside the envelope, such as Authorization. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

type Arguments = Readonly<Record<string, string>>;

/** Numbers and days stay as they are written: the package would make floats and instants of them. */
const asWritten = (text: string): string => text;
const deserializers = { decimal: asWritten, integer: asWritten, date: asWritten, dateTime: asWritten };
const options = { forceSoap12Headers: true, envelopeKey: 'soap', customDeserializer: deserializers };

/**
 * A service by its WSDL, through the `soap` package but without its transport: the package is handed something in place of it that keeps the
 * request, or gives it the answer that came. The WSDL is text and imports nothing, so nothing is fetched.
 */
export class SoapService {
  readonly #wsdlText: string;
  readonly #namespace: string;
  #loaded: Promise<{ readonly Client: typeof Client; readonly wsdl: WSDL }> | null = null;

  constructor(wsdlText: string, namespace: string) {
    this.#wsdlText = wsdlText;
    this.#namespace = namespace;
  }

  async envelope(operation: string, args: Arguments, security: ISecurity): Promise<SoapEnvelope> {
    let sent: SoapEnvelope | null = null;
    const httpClient: IHttpClient = {
      request(_url, xml, _callback, given) {
        const { 'Content-Type': contentType, ...headers } = given as Readonly<Record<string, string>>;
        sent = { contentType: contentType ?? '', headers, body: new TextEncoder().encode(String(xml)) };
        return undefined as never;
      },
    };
    const method = await this.#method(operation, httpClient, security);
    method(args, () => undefined);
    if (sent === null) throw new Error(`the soap package sent nothing for ${operation}`);
    return sent;
  }

  /** What is wrong, in a few words, where the bytes are no SOAP 1.2 message with an answer to this operation or a fault in it. */
  async answer(operation: string, bytes: Uint8Array): Promise<Result<SoapAnswer, string>> {
    const read = readSoap(bytes);
    if (!read.ok) return read;
    const said = saidIn(read.value);
    if (said === null) return err('no SOAP 1.2 message');
    const isFault = said.namespace === SOAP12 && said.name === 'Fault';
    if (!isFault && (said.namespace !== this.#namespace || said.name !== `${operation}Response`)) {
      return err('not the answer to what was asked');
    }
    const parsed = await this.#parse(operation, envelopeAround(said));
    if (!isFault) return parsed.problem === null ? ok({ kind: 'value', value: parsed.value }) : err('unreadable');
    const fault = zFault.safeParse(parsed.problem);
    return fault.success ? ok({ kind: 'fault', fault: fault.data }) : err('a fault without a code');
  }

  async #parse(operation: string, xml: string): Promise<{ readonly problem: unknown; readonly value: unknown }> {
    const httpClient: IHttpClient = {
      request(_url, _xml, callback) {
        callback(null, { status: 200, headers: {} }, xml);
        return undefined as never;
      },
    };
    const method = await this.#method(operation, httpClient, {});
    let parsed: { readonly problem: unknown; readonly value: unknown } = { problem: 'nothing', value: null };
    // The package writes a request before it reads an answer; this one goes nowhere.
    method({}, (problem, value: unknown) => {
      parsed = { problem: problem ?? null, value };
    });
    return parsed;
  }

  async #method(operation: string, httpClient: IHttpClient, security: ISecurity): Promise<SoapMethod> {
    this.#loaded ??= load(this.#wsdlText);
    const { Client, wsdl } = await this.#loaded;
    const client = new Client(wsdl, 'https://not.used', { ...options, httpClient });
    client.setSecurity(security);
    const method: unknown = client[operation];
    if (typeof method !== 'function') throw new Error(`the WSDL has no operation ${operation}`);
    return method as SoapMethod;
  }
}

/** On first use only: the package brings an HTTP client and more that nobody needs to start a desk. */
async function load(wsdlText: string) {
  const { Client, WSDL } = await import('soap');
  const wsdl = await new Promise<WSDL>((resolve, reject) => {
    const parsed: WSDL = new WSDL(wsdlText, '', options);
    parsed.onReady((problem) => (problem ? reject(problem) : resolve(parsed)));
  });
  return { Client, wsdl };
}

/** The one thing that the body of an envelope says. */
function saidIn(envelope: SoapNode): SoapNode | null {
  if (envelope.namespace !== SOAP12 || envelope.name !== 'Envelope') return null;
  const body = onlyChild(envelope, SOAP12, 'Body');
  return body !== null && body.children.length === 1 ? (body.children[0] ?? null) : null;
}

/**
 * The package is given a message that we wrote, of what we read: no attributes, no CDATA, no comments, no foreign namespaces. It takes names
 * without looking at their namespace, reads XML inside of CDATA, loses what stands before a comment, and an `id` of `__proto__` makes it write
 * into the prototype of all objects (1.13.0).
 */
const envelopeAround = (said: SoapNode): string =>
  `<soap:Envelope xmlns:soap="${SOAP12}"><soap:Body>${writeSoap(said)}</soap:Body></soap:Envelope>`;

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

interface Code {
  readonly Value: string;
  readonly Subcode?: Code | undefined;
}
const zCode: z.ZodType<Code> = z.object({ Value: z.string().max(200), Subcode: z.lazy(() => zCode.optional()) });

/** Below `root` of the error by which the package tells of a fault. */
const zFault = z
  .object({
    root: z.object({
      Envelope: z.object({
        Body: z.object({
          Fault: z.object({
            Code: zCode,
            Reason: z.object({ Text: z.union([z.string(), z.array(z.string()).min(1)]) }),
          }),
        }),
      }),
    }),
  })
  .transform(({ root }): SoapFault => {
    const { Code, Reason } = root.Envelope.Body.Fault;
    const subcodes: string[] = [];
    for (let code = Code.Subcode; code !== undefined; code = code.Subcode) subcodes.push(localName(code.Value.trim()));
    const reason = typeof Reason.Text === 'string' ? Reason.Text : (Reason.Text[0] ?? '');
    return { code: localName(Code.Value.trim()), subcodes, reason };
  });
