/** What a thread that tries one target is started with. */
export interface FuzzStart {
  readonly name: string;
  readonly inputs: number;
  readonly seed: number;
  /** The input that is being tried: how many there were before, its length, its bytes. Read by the watchdog when it takes too long. */
  readonly current: SharedArrayBuffer;
}

export const CURRENT_HEAD_BYTES = 8;
