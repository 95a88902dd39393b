import type { Readable, Writable } from 'node:stream';
import { type SecretField, type SecretQuestion, wrongField } from '../../../shared/domain/connection/secret-fields.ts';
import { errorCatalogue, MunimError } from '../../../shared/kernel/errors.ts';
import { limits } from '../../../shared/kernel/limits.ts';
import type { SecretPrompt } from '../../../shared/ports/secret-prompt.ts';
import { readChosen } from './chosen-files.ts';

/** A terminal; `process.stdin` and `process.stdout` fit. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean; setRawMode?(raw: boolean): unknown };
  readonly output: Writable;
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const BACKSPACES: readonly string[] = ['\u007f', '\b'];

/** Asks on the terminal from which the desk was started, for development without Electron: what is typed is not shown. */
export function terminalPrompt(terminal: Terminal): SecretPrompt {
  const say = (text: string): void => void terminal.output.write(text);
  const needTerminal = (): void => {
    if (terminal.input.isTTY !== true) throw new MunimError('SECRET_PROMPT_UNAVAILABLE');
  };
  return {
    chooseFiles: async (kind) => {
      needTerminal();
      say(
        `\nMunim asks for ${kind === 'authority' ? 'the CA certificates of the other side' : 'a certificate and its key'}.\n`,
      );
      const typed = await readLine(terminal, 'Paths, with ; between them (Enter for none): ', true);
      const paths = (typed ?? '')
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      return paths.length === 0 ? null : readChosen(paths);
    },
    ask: async (question) => {
      needTerminal();
      say(
        `\nMunim asks for ${question.purpose === 'passphrase' ? 'the passphrase' : 'the secrets'} of ${question.about}.\n`,
      );
      if (question.problem !== null) say(`${errorCatalogue[question.problem].cause}\n`);
      return await askFields(terminal, question);
    },
  };
}

async function askFields(terminal: Terminal, { fields }: SecretQuestion): Promise<Record<string, string> | null> {
  const typed: Record<string, string> = {};
  for (const field of fields) {
    for (;;) {
      const value = await askField(terminal, field);
      if (value === null) return null;
      if (wrongField([field], { [field.name]: value }) === null) {
        if (value !== '') typed[field.name] = value;
        break;
      }
      terminal.output.write('That does not have the expected form.\n');
    }
  }
  return typed;
}

async function askField(terminal: Terminal, field: SecretField): Promise<string | null> {
  const blank = field.isSet ? ', Enter keeps the present one' : field.mayBeBlank ? ', may be left out' : '';
  if (!field.isLong) return await readLine(terminal, `${field.name} (hidden${blank}): `, false);
  const file = await readLine(terminal, `${field.name} (path of a file${blank}): `, true);
  if (file === null || file.trim() === '') return file === null ? null : '';
  return readChosen([file.trim()]).map(({ bytes }) => Buffer.from(bytes).toString())[0] ?? '';
}

/** One line from the terminal, shown or not. @returns null for Ctrl+C or the end of the terminal */
function readLine({ input, output }: Terminal, prompt: string, isShown: boolean): Promise<string | null> {
  output.write(prompt);
  input.setRawMode?.(true);
  let line = '';
  return new Promise((resolve) => {
    const end = (answer: string | null): void => {
      input.off('data', take);
      input.off('end', gone);
      input.setRawMode?.(false);
      input.pause();
      output.write('\n');
      resolve(answer);
    };
    const gone = (): void => end(null);
    const take = (chunk: Buffer | string): void => {
      for (const character of String(chunk)) {
        if (character === CTRL_C || character === CTRL_D || character === '\r' || character === '\n') {
          end(character === '\r' || character === '\n' ? line : null);
          return;
        }
        if (BACKSPACES.includes(character)) line = line.slice(0, -1);
        else if (character >= ' ' && line.length < limits.connection.secretMaxLength) {
          line += character;
          if (isShown) output.write(character);
        }
      }
    };
    input.on('data', take);
    input.on('end', gone);
    input.resume();
  });
}
