import type { Plain } from '../../shared/kernel/canonical.ts';
import type { ServerConfig } from '../main/config.ts';
import { runAdminCommand } from '../services/admin-commands.ts';
import { backUpServer } from './backup.ts';
import { diagnoseServer } from './diagnose-server.ts';
import type { OpenContext } from './open-context.ts';

/** What an operator asks of an open server, by name: what the services know, and what needs the places where it keeps things. */
export async function runOperatorCommand(
  context: OpenContext,
  config: ServerConfig,
  name: string,
  input: unknown,
): Promise<Plain> {
  if (name === 'backup') return backUpServer(context, config, input);
  if (name === 'diagnose') return diagnoseServer(context, input);
  return runAdminCommand(context, name, input);
}
