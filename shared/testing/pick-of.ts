/** The item that a number stands for, whatever their count; undefined when there are none. */
export const pickOf = <T>(items: readonly T[], at: number): T | undefined => items[at % Math.max(1, items.length)];
