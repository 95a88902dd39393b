import type { IsoDate } from '../../shared/kernel/dates.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import type { SeededRandom } from '../../shared/testing/seeded-random.ts';

/** What a deed is made of besides what the person sees. */
export interface DeedMaker {
  readonly random: SeededRandom;
  readonly newId: () => Id;
  readonly today: IsoDate;
}
