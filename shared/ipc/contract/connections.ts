import { z } from 'zod';
import { limits } from '../../kernel/limits.ts';
import { zId, zPaise } from '../../sync/command-args.ts';
import { zDetails } from '../../sync/messages.ts';
import { channel } from '../channel.ts';

const zEnvironment = z.enum(['sandbox', 'production', 'custom']);
const zSettings = z.record(z.string().max(60), z.string().max(limits.connection.settingMaxLength));

export const zCertificateFacts = z.strictObject({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  validFrom: z.int(),
  validUntil: z.int(),
  fingerprint: z.string(),
  key: z.string(),
});

const zField = z.strictObject({ name: z.string(), pattern: z.string(), isOptional: z.boolean() });

/** What can be set up, as its manifest says. */
export const zConnectorOffer = z.strictObject({
  id: z.string(),
  name: z.string(),
  hasSandbox: z.boolean(),
  settings: z.array(zField),
  secrets: z.array(zField),
  needsCertificate: z.boolean(),
  canTest: z.boolean(),
  evidence: z.string(),
});
export interface ConnectorOfferView extends Readonly<z.infer<typeof zConnectorOffer>> {}

export const zConnection = z.strictObject({
  id: zId,
  collegeId: zId,
  connectorId: z.string(),
  connectorName: z.string(),
  /** False where this version of Munim does not have the connector. */
  isKnown: z.boolean(),
  accountCode: z.string(),
  accountNumber: z.string(),
  environment: zEnvironment,
  baseUrl: z.string().nullable(),
  settings: zSettings,
  /** `locked` while the key store cannot be read, `lost` when the key to what is kept is gone. */
  state: z.enum(['ready', 'incomplete', 'locked', 'lost', 'unknown']),
  missing: z.array(z.enum(['secrets', 'certificate', 'authority'])),
  /** Names of the secrets that are kept; never more. */
  secretsSet: z.array(z.string()),
  /** Names of what can no longer be read: secrets by theirs, and `certificate`. */
  lost: z.array(z.string()),
  needsAuthority: z.boolean(),
  certificate: z.strictObject({ generation: z.int(), facts: zCertificateFacts }).nullable(),
  authority: z.array(zCertificateFacts),
  lastTest: z.strictObject({ at: z.int(), code: z.string().nullable(), details: zDetails }).nullable(),
  /** How its calls went since the desk was started. */
  figures: z.array(
    z.strictObject({
      operation: z.string(),
      calls: z.int(),
      successBasisPoints: z.int(),
      p50Ms: z.int(),
      p95Ms: z.int(),
      p99Ms: z.int(),
    }),
  ),
});
export interface ConnectionView extends Readonly<z.infer<typeof zConnection>> {}

export const zConnections = z.strictObject({
  connectors: z.array(zConnectorOffer),
  connections: z.array(zConnection),
  vault: z.strictObject({
    state: z.enum(['none', 'ready', 'locked', 'lost', 'damaged']),
    /** When the present key was made, in ms. */
    keySince: z.int().nullable(),
    isRotating: z.boolean(),
    keysToDelete: z.int(),
  }),
});
export interface ConnectionsView extends Readonly<z.infer<typeof zConnections>> {}

const zOne = z.strictObject({ id: zId });
/** The window that asks is shown in the language of the screens. */
const zAsked = z.strictObject({ id: zId, language: z.enum(['en', 'hi']) });
/** `done` is false when the person closed the window or chose nothing. */
const zDone = z.strictObject({ done: z.boolean() });

/** Answered by the main side, which has the keychain and the network. No secret, passphrase, key or path goes through any of these. */
export const connectionChannels = {
  'connections.list': channel(z.strictObject({}), zConnections),
  /** An address that differs from before takes away the secrets and the authority that were given for the former. */
  'connections.save': channel(
    z.strictObject({
      /** Null for a new one. */
      id: zId.nullable(),
      collegeId: zId,
      connectorId: z.string().max(60),
      accountCode: z.string().regex(/^[\w.-]{1,20}$/),
      accountNumber: z.string().regex(/^[0-9A-Za-z]{5,34}$/),
      environment: zEnvironment,
      baseUrl: z.string().max(400).nullable(),
      settings: zSettings,
    }),
    zOne,
  ),
  'connections.askSecrets': channel(zAsked, zDone),
  'connections.importCertificate': channel(zAsked, zDone),
  'connections.importAuthority': channel(zAsked, zDone),
  'connections.remove': channel(zOne, z.strictObject({})),
  'connections.test': channel(
    zOne,
    z.strictObject({ code: z.string().nullable(), details: zDetails, availablePaise: zPaise.nullable() }),
  ),
} as const;
