/** Files of one folder that only grow at their end. What a call has done is on the disk when it resolves, names included. */
export interface GrowingFiles {
  /** In the order of their names. */
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array>;
  /** Puts bytes behind what is there; a missing file is made. When it throws, any part of the bytes may stand there. */
  append(name: string, bytes: Uint8Array): Promise<void>;
  /** Cuts a file off after `size` bytes. */
  cut(name: string, size: number): Promise<void>;
  remove(name: string): Promise<void>;
}
