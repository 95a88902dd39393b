import { readFileSync } from 'node:fs';

/**
 * Turns the clock of a process from outside, with no part of the program knowing: a test starts the process with `--import` of this file and names a
 * file in MUNIM_TURNED_CLOCK, `{"offsetMs":-90000000,"hurry":30}`. By so much the time is off, and so many times sooner do timers of five
 * seconds and more come. The file may change while the process runs.
 */
export interface TurnedClock {
  readonly offsetMs: number;
  readonly hurry: number;
}

const LONG_MS = 5_000;
const LOOK_MS = 100;

function turn(file: string): void {
  const RealDate = Date;
  const realTimeout = setTimeout;
  let turned: TurnedClock = { offsetMs: 0, hurry: 1 };
  const look = (): void => {
    try {
      turned = JSON.parse(readFileSync(file, 'utf8')) as TurnedClock;
    } catch {
      // Half written; the next look finds it whole.
    }
  };
  look();
  setInterval(look, LOOK_MS).unref();
  const now = (): number => RealDate.now() + turned.offsetMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (real, args: [], target) =>
      Reflect.construct(real, args.length === 0 ? [now()] : args, target === globalThis.Date ? real : target) as object,
    apply: () => new RealDate(now()).toString(),
    get: (real, name) => (name === 'now' ? now : (Reflect.get(real, name) as unknown)),
  });
  globalThis.setTimeout = new Proxy(realTimeout, {
    apply: (real, self, [run, ms, ...args]: [() => void, number?, ...unknown[]]) =>
      Reflect.apply(real, self, [run, (ms ?? 0) >= LONG_MS ? (ms ?? 0) / turned.hurry : ms, ...args]) as NodeJS.Timeout,
  });
}

if (process.env.MUNIM_TURNED_CLOCK !== undefined) turn(process.env.MUNIM_TURNED_CLOCK);
