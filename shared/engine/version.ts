/**
 * The exact database build this engine was measured with. Durability hangs on internals of that build (see
 * `durable-fs.ts`), so a change of the package is a change of these lines too; a test compares them with what is installed.
 */
export const pgliteVersion = '0.5.16';
/** The content of PG_VERSION in a data directory this build can open. */
export const pgMajor = '18';
