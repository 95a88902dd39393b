import { redact } from '../../shared/kernel/redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export const logLevels: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/** Facts of a line: ids, counts, codes. Never a password, token, code, amount or text a person typed. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  debug(event: string, facts?: LogFacts): void;
  info(event: string, facts?: LogFacts): void;
  warn(event: string, facts?: LogFacts): void;
  /** @param thrown its stack goes into the log and nowhere else */
  error(event: string, thrown: unknown, facts?: LogFacts): void;
}

/** One JSON object a line, with whatever looks like a secret hidden. @param write takes a whole line with its end */
export function lineLog(lowest: LogLevel, nowMs: () => number, write: (line: string) => void): Log {
  const say = (level: LogLevel, event: string, facts: Readonly<Record<string, unknown>>): void => {
    if (logLevels.indexOf(level) < logLevels.indexOf(lowest)) return;
    const line = { at: new Date(nowMs()).toISOString(), level, event, ...facts };
    write(`${JSON.stringify(redact(line))}\n`);
  };
  return {
    debug: (event, facts = {}) => say('debug', event, facts),
    info: (event, facts = {}) => say('info', event, facts),
    warn: (event, facts = {}) => say('warn', event, facts),
    error: (event, thrown, facts = {}) => say('error', event, { ...facts, problem: thrown }),
  };
}
