import path from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import type { BucketPlace } from '../adapters/blob-s3.ts';
import { readNatsUrl } from '../adapters/nats-url.ts';
import { logLevels } from '../services/log.ts';

const zFlag = z
  .enum(['', '0', '1'])
  .default('')
  .transform((text) => text === '1');
const zFile = z.string().min(1).optional();
const zPort = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535');

/** Everything the server can be told, by environment. An empty variable counts as absent. */
const zEnvironment = z
  .object({
    MUNIM_SERVER_PORT: zPort.default(7420),
    MUNIM_SERVER_HOST: z.string().min(1).default('127.0.0.1'),
    MUNIM_SERVER_DATA: z.string({ error: 'must be the folder the server keeps its data in' }).min(1),
    MUNIM_SERVER_NAME: z.string().min(1).max(200).default('Munim sync-server'),
    MUNIM_SERVER_TLS_CERT: zFile,
    MUNIM_SERVER_TLS_KEY: zFile,
    MUNIM_SERVER_KEYS: zFile,
    MUNIM_SERVER_RECEIPTS: zFile,
    MUNIM_SERVER_S3_BUCKET: z.string().min(3).max(63).optional(),
    MUNIM_SERVER_S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must begin with http:// or https://' }).optional(),
    MUNIM_SERVER_S3_REGION: z.string().min(1).optional(),
    MUNIM_SERVER_S3_PREFIX: z
      .string()
      .regex(/^[\w.-]+(?:\/[\w.-]+)*\/?$/, 'must be names of letters, digits, . _ and -, with / between them')
      .default(''),
    MUNIM_SERVER_S3_PATH_STYLE: zFlag,
    MUNIM_SERVER_S3_ACCESS_KEY: z.string().min(1).optional(),
    MUNIM_SERVER_S3_SECRET_KEY: z.string().min(1).optional(),
    MUNIM_SERVER_TEMPLATE: zFile,
    MUNIM_SERVER_BEHIND_PROXY: zFlag,
    MUNIM_SERVER_METRICS_PORT: zPort.optional(),
    MUNIM_SERVER_METRICS_HOST: z.string().min(1).default('127.0.0.1'),
    MUNIM_SERVER_LOG: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
    MUNIM_DEMO: zFlag,
    DATABASE_URL: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'must begin with postgres:// or postgresql://')
      .optional(),
    MUNIM_SERVER_PG_BIN: zFile,
    NATS_URL: z
      .string()
      .refine((url) => readNatsUrl(url) !== null, 'must be nats://[NAME:PASSWORD@]HOST[:PORT][,HOST...] or tls://...')
      .optional(),
  })
  .refine((env) => (env.MUNIM_SERVER_TLS_CERT === undefined) === (env.MUNIM_SERVER_TLS_KEY === undefined), {
    path: ['MUNIM_SERVER_TLS_CERT'],
    message: 'and MUNIM_SERVER_TLS_KEY go together',
  })
  .superRefine((env, { addIssue }) => {
    if (env.MUNIM_SERVER_S3_BUCKET === undefined) return;
    const need = (name: string) =>
      addIssue({ code: 'custom', path: [name], message: 'is needed with MUNIM_SERVER_S3_BUCKET' });
    if (env.MUNIM_SERVER_S3_REGION === undefined) need('MUNIM_SERVER_S3_REGION');
    if (env.MUNIM_SERVER_S3_ACCESS_KEY === undefined) need('MUNIM_SERVER_S3_ACCESS_KEY');
    if (env.MUNIM_SERVER_S3_SECRET_KEY === undefined) need('MUNIM_SERVER_S3_SECRET_KEY');
    if (env.MUNIM_SERVER_RECEIPTS !== undefined) {
      const message = 'and MUNIM_SERVER_RECEIPTS do not go together: the receipts are in one place';
      addIssue({ code: 'custom', path: ['MUNIM_SERVER_S3_BUCKET'], message });
    }
  })
  .superRefine((env, { addIssue }) => {
    if (env.NATS_URL === undefined) return;
    const need = (name: string, why: string) =>
      addIssue({ code: 'custom', path: ['NATS_URL'], message: `${name}: ${why}` });
    if (env.DATABASE_URL === undefined) need('needs DATABASE_URL', 'the embedded books belong to one process');
    if (env.MUNIM_SERVER_KEYS === undefined) need('needs MUNIM_SERVER_KEYS', 'all processes have the same keys');
    if (env.MUNIM_SERVER_RECEIPTS === undefined && env.MUNIM_SERVER_S3_BUCKET === undefined)
      need('needs MUNIM_SERVER_S3_BUCKET or MUNIM_SERVER_RECEIPTS', 'a bucket or a folder that all processes share');
    if (env.MUNIM_DEMO) need('does not go with MUNIM_DEMO', 'the demonstration is for one process');
  });

export interface ServerConfig {
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly name: string;
  readonly tls: { readonly certFile: string; readonly keyFile: string } | null;
  /** The file of the server's own keys; processes over one database share it. */
  readonly keysFile: string;
  /** The file of the secrets that banks sign their messages with; beside the keys. */
  readonly webhookSecretsFile: string;
  /** The bucket of the receipts; null: they are in `receiptsDir`. */
  readonly bucket: BucketPlace | null;
  /** The folder of the receipts, where there is no bucket; processes over one database share it. */
  readonly receiptsDir: string;
  readonly templateDir: string | undefined;
  readonly behindProxy: boolean;
  /** Where the figures for Prometheus are served; null: nowhere. */
  readonly metrics: { readonly port: number; readonly host: string } | null;
  readonly logLevel: (typeof logLevels)[number];
  readonly demo: boolean;
  readonly databaseUrl: string | null;
  /** The folder of pg_dump and pg_restore; null: wherever the system finds them. */
  readonly postgresBinDir: string | null;
  /** Over which the processes tell each other what moved; null when this is the only one. */
  readonly natsUrl: string | null;
}

/** Reads the environment. The error is one message that names every variable that is wrong. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Result<ServerConfig, string> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = zEnvironment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    return err(`The sync-server cannot start; its settings are wrong:\n${lines.join('\n')}`);
  }
  const env = parsed.data;
  const dataDir = path.resolve(env.MUNIM_SERVER_DATA);
  const keysFile = env.MUNIM_SERVER_KEYS ?? path.join(dataDir, 'server-keys.json');
  const { MUNIM_SERVER_TLS_CERT: certFile, MUNIM_SERVER_TLS_KEY: keyFile } = env;
  return ok({
    port: env.MUNIM_SERVER_PORT,
    host: env.MUNIM_SERVER_HOST,
    dataDir,
    name: env.MUNIM_SERVER_NAME,
    tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : null,
    keysFile,
    webhookSecretsFile: path.join(path.dirname(keysFile), 'webhook-secrets.json'),
    receiptsDir: path.resolve(env.MUNIM_SERVER_RECEIPTS ?? path.join(dataDir, 'receipts')),
    bucket: bucketOf(env),
    templateDir: env.MUNIM_SERVER_TEMPLATE,
    behindProxy: env.MUNIM_SERVER_BEHIND_PROXY,
    metrics:
      env.MUNIM_SERVER_METRICS_PORT === undefined
        ? null
        : { port: env.MUNIM_SERVER_METRICS_PORT, host: env.MUNIM_SERVER_METRICS_HOST },
    logLevel: env.MUNIM_SERVER_LOG,
    demo: env.MUNIM_DEMO,
    databaseUrl: env.DATABASE_URL ?? null,
    postgresBinDir: env.MUNIM_SERVER_PG_BIN ?? null,
    natsUrl: env.NATS_URL ?? null,
  });
}

function bucketOf(env: z.output<typeof zEnvironment>): BucketPlace | null {
  const { MUNIM_SERVER_S3_BUCKET: bucket, MUNIM_SERVER_S3_REGION: region } = env;
  const { MUNIM_SERVER_S3_ACCESS_KEY: accessKeyId, MUNIM_SERVER_S3_SECRET_KEY: secretAccessKey } = env;
  const isWhole = bucket !== undefined && region !== undefined;
  if (!isWhole || accessKeyId === undefined || secretAccessKey === undefined) return null;
  return {
    endpoint: env.MUNIM_SERVER_S3_ENDPOINT ?? null,
    region,
    bucket,
    prefix: env.MUNIM_SERVER_S3_PREFIX.replace(/([^/])$/, '$1/'),
    pathStyle: env.MUNIM_SERVER_S3_PATH_STYLE,
    accessKeyId,
    secretAccessKey,
  };
}
