/** Every limit of the system in one place. Units stand last in the name. */
const MiB = 1024 * 1024;

export const limits = {
  engine: {
    checkpointWalBytes: 64 * MiB,
    checkpointIdleMs: 5 * 60_000,
    ballastBytes: 32 * MiB,
    freeSpaceMinBytes: 128 * MiB,
    backupsKept: 5,
    heartbeatMs: 1_000,
    heartbeatLostMs: 15_000,
  },
  sync: {
    pushCommandsMax: 500,
    pushBytesMax: 1 * MiB,
    pullRowsMax: 2_000,
    pullBytesMax: 1 * MiB,
    clockAheadMaxMs: 5 * 60_000,
    pollMs: 60_000,
    backoffMinMs: 1_000,
    backoffMaxMs: 60_000,
    requestTimeoutMs: 30_000,
    connectTimeoutMs: 10_000,
    answerBytesMax: 16 * MiB,
  },
  auth: {
    passwordMinLength: 10,
    userTokenMs: 15 * 60_000,
    deviceTokenMs: 10 * 60_000,
    enrolCodeMs: 7 * 24 * 60 * 60_000,
    signInTriesMax: 8,
    signInWindowMs: 15 * 60_000,
    idleLockMs: 30 * 60_000,
  },
  text: { nameMax: 200, descriptionMax: 1_000, commentMax: 1_000, billNoMax: 40 },
  list: { pageRows: 100, pageRowsMax: 500, exportRowsMax: 1_000_000 },
  file: { uploadChunkBytes: 256 * 1024, receiptBytesMax: 5 * MiB, importBytesMax: 64 * MiB },
  import: { rowsMax: 200_000, inflatedBytesMax: 1_024 * MiB, inflateRatioMax: 200, entriesMax: 2_000, batchRows: 500 },
  ipc: { messageBytesMax: 4 * MiB },
} as const;
