import { openTestDesk, type TestDesk } from '../../electron/composition/testing.ts';
import { toMunimError } from '../../shared/kernel/errors.ts';
import type { Pace } from '../../shared/ports/paced-clock.ts';
import type { ChosenFile, SecretPrompt } from '../../shared/ports/secret-prompt.ts';
import { serveMachine } from './machine.ts';

/** A whole desk: the main side in this process, the books in its child. */
export interface DeskSetup {
  readonly dataDir: string;
  readonly pace: Pace;
}

/** What the person at the desk chooses and types when he is asked next. */
export interface Hand {
  readonly files: readonly ChosenFile[];
  readonly typed: Readonly<Record<string, string>>;
}

let desk: TestDesk | null = null;
let hand: Hand = { files: [], typed: {} };
const prompt: SecretPrompt = { chooseFiles: async () => hand.files, ask: async () => hand.typed };

/** The exit of a desk whose books process failed too often: a person starts it again. */
const EXIT_GAVE_UP = 9;
/** The books of the desk before are closed by their own process, a moment after its main side was killed. */
const LOCKED_TRIES = 60;

async function open({ dataDir, pace }: DeskSetup): Promise<TestDesk> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openTestDesk(dataDir, { prompt, pace });
    } catch (thrown) {
      if (toMunimError(thrown).code !== 'ENGINE_LOCKED' || tries === LOCKED_TRIES) throw thrown;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}

serveMachine({
  start: async (setup: DeskSetup) => {
    desk = await open(setup);
    desk.desk.onEvent(({ name, data }) => {
      if (name === 'ledger' && (data as { readonly state?: string }).state === 'gave_up') process.exit(EXIT_GAVE_UP);
    });
    return null;
  },
  call: async ({ channel, input }: { readonly channel: string; readonly input: unknown }) => {
    // Nobody looks at the events of a desk here.
    desk?.events.splice(0);
    return await desk?.desk.invoke(channel, input);
  },
  hand: async (given: Hand) => {
    hand = given;
  },
  killBooks: async () => desk?.killLedger(),
  stop: async () => {
    await desk?.close();
  },
});
