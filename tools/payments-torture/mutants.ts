import type { Edit } from '../sim/edit.ts';

/** A fault that is planted in the program, to see whether the torture finds it. */
export interface Mutant {
  readonly name: string;
  /** What one of the findings says. */
  readonly shows: RegExp;
  readonly edits: readonly Edit[];
  readonly options: readonly string[];
}

const runner = 'electron/services/payment-runner.ts';
const guard = 'electron/adapters/bank/sent-once.ts';
const onlyConfirmed = "isConfirmed && order.status === 'sending' && order.deviceId === deviceId &&";
const sendsWhatItTook = `${onlyConfirmed} this.#asked.has(keyOf(order)),`;

export const mutants: readonly Mutant[] = [
  {
    name: 'a desk sends what an earlier life of it may have sent, and nothing remembers',
    shows: /heard \w+ twice/,
    edits: [
      { file: guard, find: 'return !record.has(key) &&', replace: 'return' },
      { file: runner, find: sendsWhatItTook, replace: `${onlyConfirmed} deviceId !== null,` },
    ],
    // Slow enough that a desk is back before its own sendings are too late, and at a bank that does not tell by itself what it has.
    options: ['--bank', 'axis', '--strike', 'every desk', '--kill-every', '4', '--pace', '2'],
  },
  {
    name: 'what is in doubt is sent once more',
    shows: /two payments were under way at once/,
    edits: [
      {
        file: 'shared/domain/payment-order/status.ts',
        find: "take: ['released']",
        replace: "take: ['released', 'in_doubt']",
      },
      {
        file: runner,
        find: "order.status === 'released' &&",
        replace: "(order.status === 'released' || order.status === 'in_doubt') &&",
      },
      {
        file: runner,
        find: '(this.#resting.get(order.id) ?? 0) <= now,',
        replace: "(order.status === 'in_doubt' || (this.#resting.get(order.id) ?? 0) <= now),",
      },
    ],
    options: ['--kills', '0', '--pace', '20'],
  },
  {
    name: 'a desk sends what it has asked for before the server has given it',
    shows: /heard \w+ twice/,
    edits: [{ file: runner, find: onlyConfirmed, replace: "order.status === 'sending' &&" }],
    options: ['--kills', '0', '--pace', '10'],
  },
];
