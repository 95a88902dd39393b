import { MunimError } from '../kernel/errors.ts';
import { limits } from '../kernel/limits.ts';
import { type Clock, systemClock } from '../ports/clock.ts';
import type { ProcessPort } from '../ports/process-port.ts';
import { readHeartbeat } from './heartbeat.ts';

export type SupervisorState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running' }
  | { readonly kind: 'restarting'; readonly failures: number; readonly inMs: number }
  /** Too many failures in a short time; a person has to look. `start` begins anew. */
  | { readonly kind: 'gaveUp'; readonly failures: number }
  | { readonly kind: 'stopped' };

export interface SupervisorLimits {
  readonly heartbeatLostMs: number;
  readonly startMaxMs: number;
  readonly restartBackoffMinMs: number;
  readonly restartBackoffMaxMs: number;
  readonly restartsMax: number;
  readonly restartWindowMs: number;
}

export interface SupervisorOptions {
  readonly spawn: () => ProcessPort;
  /** Everything the child says that is not a heartbeat. */
  readonly onMessage: (message: unknown) => void;
  readonly onState: (state: SupervisorState) => void;
  readonly clock?: Clock | undefined;
  readonly limits?: SupervisorLimits | undefined;
}

/**
 * Parent side of the books process. A database that spins inside WebAssembly can be ended only from outside: when the
 * heartbeat stays away the child is killed; whenever the child is gone without having been told to, it is started
 * again, each time after a longer wait, until it fails too often.
 *
 * The first heartbeat means "ready"; until then `startMaxMs` applies, since recovery after a crash takes time.
 */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #clock: Clock;
  readonly #limits: SupervisorLimits;
  #state: SupervisorState = { kind: 'stopped' };
  #child: ProcessPort | null = null;
  #failedAt: number[] = [];
  #cancelWatch: (() => void) | null = null;
  #cancelRestart: (() => void) | null = null;
  #onStopped: (() => void) | null = null;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#limits = options.limits ?? limits.engine;
  }

  get state(): SupervisorState {
    return this.#state;
  }

  /** Starts the child, unless it is there already. Also the way out of `gaveUp`. */
  start(): void {
    if (this.#child !== null || (this.#state.kind !== 'stopped' && this.#state.kind !== 'gaveUp')) return;
    this.#failedAt = [];
    this.#spawn();
  }

  /** @throws MunimError ENGINE_RESTARTING when there is no ready child; the caller decides whether to try again */
  post(message: unknown): void {
    if (this.#state.kind !== 'running' || this.#child === null) throw new MunimError('ENGINE_RESTARTING');
    this.#child.post(message);
  }

  /**
   * Ends supervision. Ask the child first, by a message of your own, to close its books in order; this kills what is
   * left after `graceMs`.
   */
  stop(graceMs = 0): Promise<void> {
    this.#cancelWatch?.();
    this.#cancelRestart?.();
    this.#setState({ kind: 'stopped' });
    const child = this.#child;
    if (child === null) return Promise.resolve();
    return new Promise((resolve) => {
      const cancelKill = this.#clock.after(graceMs, () => child.kill());
      this.#onStopped = () => {
        cancelKill();
        resolve();
      };
    });
  }

  #spawn(): void {
    this.#setState({ kind: 'starting' });
    const child = this.#options.spawn();
    this.#child = child;
    child.onMessage((message) => {
      if (this.#child === child) this.#hear(message);
    });
    child.onExit(() => {
      if (this.#child === child) this.#exited();
    });
    this.#watch(this.#limits.startMaxMs);
  }

  #hear(message: unknown): void {
    const beat = readHeartbeat(message);
    if (beat === null) {
      this.#options.onMessage(message);
      return;
    }
    if (this.#state.kind === 'starting') this.#setState({ kind: 'running' });
    if (this.#state.kind === 'running') this.#watch(Math.max(beat.graceMs, this.#limits.heartbeatLostMs));
  }

  #watch(ms: number): void {
    this.#cancelWatch?.();
    this.#cancelWatch = this.#clock.after(ms, () => this.#child?.kill());
  }

  #exited(): void {
    this.#cancelWatch?.();
    this.#child = null;
    if (this.#state.kind === 'stopped') {
      this.#onStopped?.();
      this.#onStopped = null;
      return;
    }
    const now = this.#clock.now();
    this.#failedAt = [...this.#failedAt.filter((at) => now - at < this.#limits.restartWindowMs), now];
    const failures = this.#failedAt.length;
    if (failures > this.#limits.restartsMax) {
      this.#setState({ kind: 'gaveUp', failures });
      return;
    }
    const inMs = Math.min(this.#limits.restartBackoffMinMs * 2 ** (failures - 1), this.#limits.restartBackoffMaxMs);
    this.#setState({ kind: 'restarting', failures, inMs });
    this.#cancelRestart = this.#clock.after(inMs, () => this.#spawn());
  }

  #setState(state: SupervisorState): void {
    this.#state = state;
    this.#options.onState(state);
  }
}
