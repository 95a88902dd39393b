import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that run for minutes. Begun last, one of them would keep one core busy and leave the others idle; the longest stands first. */
export const longFiles: readonly string[] = [
  'tools/sim/sim.pglite.test.ts',
  'sync-server/services/hostile-text.pglite.test.ts',
  'electron/composition/backup-restore.pglite.test.ts',
  'electron/composition/second-life.pglite.test.ts',
  'tools/payments-torture/payments-torture.pglite.test.ts',
  'electron/adapters/backup/make-backup.pglite.test.ts',
  'sync-server/services/hostile-text.pg.test.ts',
  'renderer/testing/layout.web.test.ts',
  'renderer/testing/expenses.web.test.ts',
];

/** The order on a machine that has never run these tests: Vitest goes by the size of a file, which says nothing of how long it takes. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = longFiles.findIndex((file) => moduleId.endsWith(`/${file}`));
      return index === -1 ? longFiles.length : index;
    };
    const groupOf = ({ project }: TestSpecification) => project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => groupOf(a) - groupOf(b) || place(a) - place(b));
  }
}
