/** Which migrations the database has, compared with those this program came with. */
export interface SchemaState {
  /** Of the newest migration this program knows, hex: two programs with the same one have the same schema. */
  readonly hash: string;
  readonly known: number;
  /** Known ones that the database has not. */
  readonly pending: number;
}

/** What tells whether a server can work, besides that its database answers. */
export interface Vitals {
  /** Bytes that can still be written in the data folder. @throws what the file system throws */
  freeBytes(): number;
  schema(): Promise<SchemaState>;
}

/** What an operator asks of the machine and the database under a server. */
export interface Upkeep extends Vitals {
  /**
   * Copies the books as they are at one moment while others read and write, into a folder that is there.
   * @returns the rows of each table at that moment, as decimal text
   * @throws MunimError ENGINE_DISK_FULL, ENGINE_BACKUP_UNVERIFIED, BACKUP_TOOL
   */
  copyBooks(into: string): Promise<Readonly<Record<string, string>>>;
}
