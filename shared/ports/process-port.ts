/** A child process that talks in messages: Electron's utilityProcess and Node's child_process both fit. Messages are structured clones (bigint and bytes survive). */
export interface ProcessPort {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (code: number | null) => void): void;
  kill(): void;
}
