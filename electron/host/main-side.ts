import type { Signer } from '../../shared/ports/signer.ts';
import type { SnapshotLink } from '../../shared/ports/snapshot-link.ts';
import type { LinkEvent, SyncLink } from '../../shared/ports/sync-link.ts';
import { type MainMethod, mainInputs, zLinkEvent } from './inner-contract.ts';
import type { Rpc } from './rpc.ts';

/** What the main side offers the ledger process: signatures and the way to the server. */
export function mainMethods(
  signer: Signer,
  link: SyncLink & SnapshotLink,
): Record<string, (input: unknown) => Promise<unknown>> {
  const methods: { readonly [M in MainMethod]: (input: unknown) => Promise<unknown> } = {
    'signer.sign': (input) => signer.sign(mainInputs['signer.sign'].parse(input).bytes),
    'link.use': (input) => link.use(mainInputs['link.use'].parse(input)),
    'link.enrol': (input) => link.enrol(mainInputs['link.enrol'].parse(input)),
    'link.signIn': (input) => link.signIn(mainInputs['link.signIn'].parse(input)),
    'link.diagnose': (input) => link.diagnose(mainInputs['link.diagnose'].parse(input)),
    'link.push': (input) => link.push(mainInputs['link.push'].parse(input)),
    'link.pull': (input) => link.pull(mainInputs['link.pull'].parse(input)),
    'link.missingBlobs': (input) => {
      const { collegeId, sha256s } = mainInputs['link.missingBlobs'].parse(input);
      return link.missingBlobs(collegeId, sha256s);
    },
    'link.putBlob': (input) => {
      const { collegeId, sha256, bytes } = mainInputs['link.putBlob'].parse(input);
      return link.putBlob(collegeId, sha256, bytes);
    },
    'link.getBlob': (input) => {
      const { collegeId, sha256 } = mainInputs['link.getBlob'].parse(input);
      return link.getBlob(collegeId, sha256);
    },
    'link.snapshot': (input) => link.snapshot(mainInputs['link.snapshot'].parse(input).collegeId),
    'link.snapshotPart': (input) => {
      const { collegeId, table, after } = mainInputs['link.snapshotPart'].parse(input);
      return link.snapshotPart(collegeId, table, after);
    },
    'link.watch': (input) => link.watch(mainInputs['link.watch'].parse(input).on),
  };
  return methods;
}

/** The same ports as the ledger process sees them. */
export function remoteMain(rpc: Pick<Rpc, 'call'>): {
  readonly signer: Signer;
  readonly link: SyncLink & SnapshotLink;
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
      diagnose: (request) => call('link.diagnose', request),
      push: (request) => call('link.push', request),
      pull: (request) => call('link.pull', request),
      missingBlobs: (collegeId, sha256s) => call('link.missingBlobs', { collegeId, sha256s }),
      putBlob: (collegeId, sha256, bytes) => call('link.putBlob', { collegeId, sha256, bytes }),
      getBlob: (collegeId, sha256) => call('link.getBlob', { collegeId, sha256 }),
      snapshot: (collegeId) => call('link.snapshot', { collegeId }),
      snapshotPart: (collegeId, table, after) => call('link.snapshotPart', { collegeId, table, after }),
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
