import type { Signer } from '../../shared/ports/signer.ts';
import type { LinkEvent, SyncLink } from '../../shared/ports/sync-link.ts';
import { type MainMethod, mainInputs, zLinkEvent } from './inner-contract.ts';
import type { Rpc } from './rpc.ts';

/** What the main side offers the ledger process: signatures and the way to the server. */
export function mainMethods(signer: Signer, link: SyncLink): Record<string, (input: unknown) => Promise<unknown>> {
  const methods: { readonly [M in MainMethod]: (input: unknown) => Promise<unknown> } = {
    'signer.sign': (input) => signer.sign(mainInputs['signer.sign'].parse(input).bytes),
    'link.use': (input) => link.use(mainInputs['link.use'].parse(input)),
    'link.enrol': (input) => link.enrol(mainInputs['link.enrol'].parse(input)),
    'link.signIn': (input) => link.signIn(mainInputs['link.signIn'].parse(input)),
    'link.push': (input) => link.push(mainInputs['link.push'].parse(input)),
    'link.pull': (input) => link.pull(mainInputs['link.pull'].parse(input)),
    'link.putBlob': (input) => {
      const { collegeId, sha256, bytes } = mainInputs['link.putBlob'].parse(input);
      return link.putBlob(collegeId, sha256, bytes);
    },
    'link.getBlob': (input) => {
      const { collegeId, sha256 } = mainInputs['link.getBlob'].parse(input);
      return link.getBlob(collegeId, sha256);
    },
    'link.watch': (input) => link.watch(mainInputs['link.watch'].parse(input).on),
  };
  return methods;
}

/** The same ports as the ledger process sees them. */
export function remoteMain(rpc: Pick<Rpc, 'call'>): {
  readonly signer: Signer;
  readonly link: SyncLink;
  hear(data: unknown): void;
} {
  const listeners = new Set<(event: LinkEvent) => void>();
  // Answers come from our own code on the other side, which has checked what came from outside.
  const call = <T>(method: MainMethod, input: unknown): Promise<T> => rpc.call(method, input) as Promise<T>;
  return {
    signer: { sign: (bytes) => call('signer.sign', { bytes }) },
    link: {
      use: (target) => call('link.use', target),
      enrol: (request) => call('link.enrol', request),
      signIn: (request) => call('link.signIn', request),
      push: (request) => call('link.push', request),
      pull: (request) => call('link.pull', request),
      putBlob: (collegeId, sha256, bytes) => call('link.putBlob', { collegeId, sha256, bytes }),
      getBlob: (collegeId, sha256) => call('link.getBlob', { collegeId, sha256 }),
      watch: (on) => call('link.watch', { on }),
      onEvent: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    hear: (data) => {
      const event = zLinkEvent.safeParse(data);
      if (event.success) for (const listener of listeners) listener(event.data);
    },
  };
}
