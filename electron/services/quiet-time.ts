import type { Clock } from '../../shared/ports/clock.ts';

/** Channels that screens ask by themselves, without anybody at the desk. */
const unattended = new Set([
  'session.get',
  'sync.status',
  'sync.pendingList',
  'attention.list',
  'jobs.get',
  'backups.look',
]);
/** Questions that screens repeat when the desk tells them of a change. */
const repeated = /\.(page|get|list|totals|inbox|summary|toPay|beneficiaries|orders|batch|previewFile|counts|dead)$/;
const REPEAT_MS = 3_000;

/** Tells calls of a person from those that screens make by themselves, so that an empty chair is noticed although rows keep coming. */
export class QuietTime {
  readonly #clock: Clock;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The screens were told of something. */
  told(): void {
    this.#toldAt = this.#clock.now();
  }

  isByPerson(channel: string): boolean {
    if (unattended.has(channel)) return false;
    return !repeated.test(channel) || this.#clock.now() - this.#toldAt > REPEAT_MS;
  }
}
