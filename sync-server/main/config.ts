import path from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/kernel/result.ts';
import { logLevels } from '../services/log.ts';

const zFlag = z
  .enum(['', '0', '1'])
  .default('')
  .transform((text) => text === '1');
const zFile = z.string().min(1).optional();

/** Everything the server can be told, by environment. An empty variable counts as absent. */
const zEnvironment = z
  .object({
    MUNIM_SERVER_PORT: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
      .default('7420')
      .transform(Number)
      .refine((port) => port <= 65_535, 'must be a port number, 0 to 65535'),
    MUNIM_SERVER_HOST: z.string().min(1).default('127.0.0.1'),
    MUNIM_SERVER_DATA: z.string({ error: 'must be the folder the server keeps its data in' }).min(1),
    MUNIM_SERVER_NAME: z.string().min(1).max(200).default('Munim sync-server'),
    MUNIM_SERVER_TLS_CERT: zFile,
    MUNIM_SERVER_TLS_KEY: zFile,
    MUNIM_SERVER_KEYS: zFile,
    MUNIM_SERVER_TEMPLATE: zFile,
    MUNIM_SERVER_BEHIND_PROXY: zFlag,
    MUNIM_SERVER_LOG: z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }).default('info'),
    MUNIM_DEMO: zFlag,
    DATABASE_URL: z
      .string()
      .regex(/^postgres(?:ql)?:\/\//, 'must begin with postgres:// or postgresql://')
      .optional(),
  })
  .refine((env) => (env.MUNIM_SERVER_TLS_CERT === undefined) === (env.MUNIM_SERVER_TLS_KEY === undefined), {
    path: ['MUNIM_SERVER_TLS_CERT'],
    message: 'and MUNIM_SERVER_TLS_KEY go together',
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
  readonly templateDir: string | undefined;
  readonly behindProxy: boolean;
  readonly logLevel: (typeof logLevels)[number];
  readonly demo: boolean;
  readonly databaseUrl: string | null;
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
  const { MUNIM_SERVER_TLS_CERT: certFile, MUNIM_SERVER_TLS_KEY: keyFile } = env;
  return ok({
    port: env.MUNIM_SERVER_PORT,
    host: env.MUNIM_SERVER_HOST,
    dataDir,
    name: env.MUNIM_SERVER_NAME,
    tls: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : null,
    keysFile: env.MUNIM_SERVER_KEYS ?? path.join(dataDir, 'server-keys.json'),
    templateDir: env.MUNIM_SERVER_TEMPLATE,
    behindProxy: env.MUNIM_SERVER_BEHIND_PROXY,
    logLevel: env.MUNIM_SERVER_LOG,
    demo: env.MUNIM_DEMO,
    databaseUrl: env.DATABASE_URL ?? null,
  });
}
