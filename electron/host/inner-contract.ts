import { z } from 'zod';
import { limits } from '../../shared/kernel/limits.ts';
import { zDay, zId } from '../../shared/sync/command-args.ts';
import {
  zDiagnoseRequest,
  zMissingBlobsRequest,
  zPullRequest,
  zPushRequest,
  zSha256,
} from '../../shared/sync/messages.ts';

/** What the two processes of the desk ask of each other. Inputs are checked where they arrive; answers come from our own code. */
const zBytes = z.instanceof(Uint8Array);

const zNamed = {
  orderId: zId,
  batchId: zId,
  fence: z.int().positive(),
  reference: z.string().regex(/^[A-Z2-9]{16}$/),
  debitAccount: z.string().max(34),
};
const zSending = z.strictObject({
  ...zNamed,
  debitIfsc: z.string().max(11),
  beneficiaryName: z.string().max(limits.text.nameMax),
  beneficiaryAccount: z.string().max(34),
  beneficiaryIfsc: z.string().max(11),
  amountPaise: z.bigint().positive(),
  mode: z.enum(['neft', 'rtgs']),
  purpose: z.string().max(limits.payment.purposeMax),
  notAfter: z.int(),
});
const zQuestion = z.strictObject({ ...zNamed, providerId: z.string().max(100).nullable() });

/** The main side answers these: it has the keychain and the network, and no books. */
export const mainInputs = {
  'signer.sign': z.strictObject({ bytes: zBytes }),
  'link.use': z.strictObject({ serverUrl: z.url(), deviceId: zId }).nullable(),
  'link.enrol': z.strictObject({ serverUrl: z.url(), code: z.string(), deviceName: z.string() }),
  'link.signIn': z.strictObject({ email: z.string(), password: z.string() }),
  'link.diagnose': zDiagnoseRequest,
  'link.push': zPushRequest,
  'link.pull': zPullRequest,
  'link.missingBlobs': z.strictObject({ collegeId: zId, ...zMissingBlobsRequest.shape }),
  'link.putBlob': z.strictObject({ collegeId: zId, sha256: zSha256, bytes: zBytes }),
  'link.getBlob': z.strictObject({ collegeId: zId, sha256: zSha256 }),
  'link.snapshot': z.strictObject({ collegeId: zId }),
  'link.snapshotPart': z.strictObject({ collegeId: zId, table: z.string().max(60), after: z.string().max(40) }),
  'link.deadWebhooks': z.strictObject({ collegeId: zId }),
  'link.replayWebhook': z.strictObject({ collegeId: zId, id: zId }),
  'link.watch': z.strictObject({ on: z.boolean() }),
  'bank.accounts': z.strictObject({}),
  'bank.send': z.strictObject({
    bankAccountId: zId,
    sendings: z.array(zSending).min(1).max(limits.payment.batchMax),
  }),
  'bank.enquire': z.strictObject({
    bankAccountId: zId,
    questions: z.array(zQuestion).min(1).max(limits.payment.batchMax),
  }),
  'bank.balance': z.strictObject({ bankAccountId: zId }),
  'bank.statement': z.strictObject({
    bankAccountId: zId,
    from: zDay,
    to: zDay,
    page: z.string().max(1_000).nullable(),
  }),
} as const;
export type MainMethod = keyof typeof mainInputs;

/** The ledger process answers these. */
export const ledgerInputs = {
  invoke: z.strictObject({ channel: z.string().max(80), input: z.unknown() }),
  /** A folder that the person chose in a dialog of the system, or null for the desk's own. */
  useBackupFolder: z.strictObject({ folder: z.string().max(4_000).nullable() }),
  /** Whether somebody of one of these roles is signed in now; the main side knows neither people nor roles. */
  requireRole: z.strictObject({ roles: z.array(z.string().max(40)).max(20) }),
  close: z.strictObject({}),
} as const;
export type LedgerMethod = keyof typeof ledgerInputs;

/** What `requireRole` answers of the person, when there is one who may. */
export const zPermitted = z.strictObject({ collegeIds: z.array(zId) });

/** The first message to a new ledger process, before it is ready for calls. */
export const zLedgerOpen = z.strictObject({
  ledgerOpen: z.literal(1),
  dataDir: z.string(),
  migrationsDir: z.string(),
  templateDir: z.string().nullable(),
  /** Who was signed in when the process before this one ended. */
  resume: z.strictObject({ personId: zId, lastSeenAt: z.int() }).nullable(),
  /** The books are damaged: others are to be opened in their place. */
  recover: z.boolean(),
  /** Whether the main side can ask the person for a folder. */
  canChooseFolder: z.boolean(),
  /** Time that goes faster, in a rehearsal; null in life. */
  pace: z.strictObject({ from: z.int(), factor: z.number().positive() }).nullable(),
});
export interface LedgerOpen extends Readonly<z.infer<typeof zLedgerOpen>> {}

/** Why the ledger process could not open the books; its exit follows. */
export const zLedgerFailed = z.strictObject({
  ledgerFailed: z.literal(1),
  code: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});

/** Said before the books are ready, when they got a second life. */
export const zLedgerRecovered = z.strictObject({
  ledgerRecovered: z.literal(1),
  backupAt: z.int().nullable(),
  commands: z.int(),
  failed: z.int(),
});

/** Events of the ledger process to the main side beside those of the contract, which go on to the renderer. */
export const SESSION_EVENT = 'inner.session';
export const zSessionEvent = z.strictObject({ personId: zId, lastSeenAt: z.int() }).nullable();
/** Events of the main side to the ledger process. */
export const LINK_EVENT = 'inner.link';
export const zLinkEvent = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open') }),
  z.strictObject({ kind: z.literal('closed') }),
  z.strictObject({ kind: z.literal('poke'), collegeId: zId, version: z.int().nonnegative() }),
]);
