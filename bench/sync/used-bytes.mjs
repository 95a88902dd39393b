/**
 * What a process holds in objects and buffers once everything that can go is gone. Not its resident memory: that keeps the pages of
 * whatever it did before, and says nothing of what a few hundred sockets add.
 */
export async function usedBytes() {
  for (let round = 0; round < 4; round += 1) {
    globalThis.gc?.();
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}
