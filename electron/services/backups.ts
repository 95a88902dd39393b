import type { Role } from '../../shared/domain/rows.ts';
import { MunimError } from '../../shared/kernel/errors.ts';
import type { Id } from '../../shared/kernel/ids.ts';
import { limits } from '../../shared/kernel/limits.ts';
import type { BackupState, Backups, BackupWork, FoundBackup } from '../../shared/ports/backups.ts';
import type { FileService, HeldFile } from './files.ts';
import type { JobHandle, JobService, JobState } from './jobs.ts';

interface Named {
  readonly id: Id;
  readonly name: string;
}

export interface BackupPerson {
  readonly personId: Id;
  readonly name: string;
  readonly role: Role;
}

export interface BackupServiceOptions {
  readonly backups: Backups;
  readonly files: FileService;
  readonly jobs: JobService;
  /** @throws MunimError AUTH_REQUIRED */
  readonly person: () => BackupPerson;
  readonly desk: () => (Named & { readonly colleges: readonly { readonly id: Id; readonly code: string }[] }) | null;
  /** Asks the process to begin anew, which is when staged books take the place of the others. */
  readonly beginAnew: () => void;
}

/** An auditor reads the books; what becomes of them is for those who keep them. */
const mayKeep = (role: Role): boolean => role !== 'auditor';

const BACKUP_MIME = 'application/vnd.munim.backup';
const whole = { done: 100, total: 100 } as const;

/** Encrypted backups and restores as a person or the schedule asks for them; one at a time. */
export class BackupService {
  readonly #options: BackupServiceOptions;
  #checked: { readonly jobId: Id; readonly personId: Id; readonly scratch: Id; readonly found: FoundBackup } | null =
    null;
  readonly #closing = new AbortController();
  #busy = false;
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: BackupServiceOptions) {
    this.#options = options;
  }

  look(): BackupState & { readonly mayKeep: boolean } {
    const { role } = this.#options.person();
    return { ...this.#options.backups.state(), mayKeep: mayKeep(role) };
  }

  /** @throws MunimError BACKUP_PASSPHRASE_WEAK */
  async setPassphrase(passphrase: string): Promise<void> {
    this.#keeper();
    const { passphraseMinLength: length, passphraseKindsMin: kinds } = limits.backup;
    const signs = [...passphrase.normalize('NFKC')];
    if (signs.length < length || new Set(signs).size < kinds) {
      throw new MunimError('BACKUP_PASSPHRASE_WEAK', { length, kinds });
    }
    await this.#options.backups.setPassphrase(passphrase);
  }

  setSchedule(schedule: { readonly daily: boolean; readonly keep: number }): void {
    this.#keeper();
    const { backups } = this.#options;
    if (schedule.daily && backups.state().passphraseSetAt === null) throw new MunimError('BACKUP_NO_PASSPHRASE');
    backups.setSchedule(schedule);
  }

  async setFolder(folder: string | null): Promise<void> {
    this.#keeper();
    await this.#options.backups.setFolder(folder);
  }

  /** @throws MunimError BACKUP_NO_PASSPHRASE, BACKUP_RUNNING */
  now(): JobState {
    const { personId, name } = this.#keeper();
    const { backups, jobs } = this.#options;
    if (backups.state().passphraseSetAt === null) throw new MunimError('BACKUP_NO_PASSPHRASE');
    this.#begin();
    return jobs.start(personId, 'backup', (job) =>
      this.#alone(async () => {
        const work = this.#workOf(job);
        const made = await backups.make({ ...work, desk: this.#named(), person: { id: personId, name } });
        job.progress(whole.done, whole.total);
        job.result({
          added: made.vouchers + made.expenses,
          known: 0,
          refused: 0,
          fileId: null,
          fileName: made.fileName,
        });
      }),
    );
  }

  /** The backup of the schedule. Whoever is at it already goes first. */
  async scheduled(): Promise<void> {
    if (this.#busy) return;
    this.#begin();
    const work = { signal: this.#closing.signal, onProgress: () => {} };
    await this.#alone(async () => {
      await this.#options.backups.make({ ...work, desk: this.#named(), person: null });
    });
  }

  /** Whether the schedule is on, and when there was a backup last. */
  due(): { readonly isOn: boolean; readonly lastAt: number | null } {
    const { daily, passphraseSetAt, last } = this.#options.backups.state();
    return { isOn: daily && passphraseSetAt !== null && this.#options.desk() !== null, lastAt: last?.at ?? null };
  }

  /** Stops what is going on and resolves when nothing of it is left. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#running;
  }

  async saveCopy(): Promise<HeldFile> {
    const { personId } = this.#keeper();
    const { files, backups } = this.#options;
    const id = files.newId();
    const { fileName } = await backups.copyLast(files.pathOf(id));
    return await files.offer(personId, id, fileName, BACKUP_MIME);
  }

  /** @throws MunimError NOT_FOUND, INPUT_INVALID, BACKUP_RUNNING */
  check(fileId: Id, passphrase: string): JobState {
    const { personId } = this.#keeper();
    const { files, jobs, backups } = this.#options;
    const file = files.whole(personId, fileId, 'restore');
    this.#begin();
    const scratch = files.newId();
    const job = jobs.start(personId, 'restore', (handle) =>
      this.#alone(async () => {
        await backups.discardChecked(null);
        this.#checked = null;
        const work = this.#workOf(handle);
        const found = await backups.check(files.pathOf(file.id), passphrase, scratch, work);
        await this.#refuseOthers(found);
        this.#checked = { jobId: job.id, personId, scratch, found };
        handle.progress(whole.done, whole.total);
      }),
    );
    return job;
  }

  /** What a check found. @throws MunimError NOT_FOUND */
  found(jobId: Id): FoundBackup & { readonly isOwn: boolean } {
    const { found } = this.#checkedBy(jobId);
    return { ...found, isOwn: found.deskId === this.#options.desk()?.id };
  }

  /** Everything else that is going on ends with the process. @throws MunimError NOT_FOUND, BACKUP_RUNNING */
  async restore(jobId: Id): Promise<void> {
    const { found, scratch } = this.#checkedBy(jobId);
    this.#begin();
    await this.#alone(() => this.#options.backups.stage(scratch, found));
    this.#checked = null;
    this.#options.beginAnew();
  }

  #checkedBy(jobId: Id) {
    const { personId } = this.#keeper();
    const checked = this.#checked;
    if (checked?.jobId !== jobId || checked.personId !== personId) throw new MunimError('NOT_FOUND', { what: 'job' });
    return checked;
  }

  /** Nobody comes to the books of a college by way of a backup. */
  async #refuseOthers(found: FoundBackup): Promise<void> {
    const own = new Set(this.#desk().colleges.map(({ id }) => id));
    const others = found.colleges.filter(({ id }) => !own.has(id)).map(({ code }) => code);
    if (others.length === 0) return;
    await this.#options.backups.discardChecked(null);
    throw new MunimError('BACKUP_OTHER_COLLEGES', { colleges: others.join(', ') });
  }

  #keeper(): BackupPerson {
    const person = this.#options.person();
    if (!mayKeep(person.role)) throw new MunimError('AUTH_FORBIDDEN', { role: person.role });
    return person;
  }

  #desk() {
    const desk = this.#options.desk();
    if (desk === null) throw new MunimError('AUTH_DEVICE_UNKNOWN');
    return desk;
  }

  #named(): Named {
    const { id, name } = this.#desk();
    return { id, name };
  }

  #begin(): void {
    if (this.#busy) throw new MunimError('BACKUP_RUNNING');
    this.#busy = true;
  }

  /** Stopped by the person, or by the end of the desk. */
  #workOf(job: JobHandle): BackupWork {
    return {
      signal: AbortSignal.any([job.signal, this.#closing.signal]),
      onProgress: (percent) => job.progress(percent, whole.total),
    };
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    try {
      const done = work();
      this.#running = done.catch(() => {});
      await done;
    } finally {
      this.#busy = false;
    }
  }
}
