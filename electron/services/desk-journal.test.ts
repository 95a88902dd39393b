import { describe, expect, it } from 'vitest';
import { canonicalText, type Plain } from '../../shared/kernel/canonical.ts';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { ok } from '../../shared/kernel/result.ts';
import { Journal, readJournal } from '../../shared/sync/client/journal.ts';
import type { JournalRecord } from '../../shared/sync/client/journal-record.ts';
import { MemoryFiles } from '../../shared/testing/memory-files.ts';
import { nodeDigest } from '../../shared/testing/node-digest.ts';
import type { CommandKeeper } from './commands.ts';
import { DeskJournal, type JournalSource, type Verdict } from './desk-journal.ts';

const id = (number: number): Id => uuidv7(1_700_000_000_000, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 0, number]));
const device = {
  id: id(200),
  formerIds: [],
  name: 'Accounts',
  serverUrl: 'https://munim.example',
  serverName: 'Group',
  demonstration: false,
  enrolledAt: 5,
  colleges: [],
};

type Entry = Parameters<CommandKeeper['save']>[0];
function entry(seq: number, settles: Entry['settles'] = null): Entry {
  const command = {
    id: id(seq),
    collegeId: id(201),
    deviceId: device.id,
    seq,
    name: 'vendor.create',
    schemaVersion: 1,
    args: {},
    actorId: id(202),
    occurredAt: 1,
    knows: 0,
  } as unknown as Entry['command'];
  return {
    command,
    signed: { text: canonicalText(command as unknown as Plain), signature: 'c2ln' },
    actorName: 'Asha',
    settles,
  };
}

async function desk(files = new MemoryFiles()) {
  const { journal } = await Journal.open(files, nodeDigest);
  const saved: Entry[] = [];
  const verdicts: Verdict[] = [];
  const keeper: CommandKeeper = {
    nextPlace: async () => ({ seq: saved.length + 1, knows: 0 }),
    save: async (one) => {
      saved.push(one);
      const settledId = one.settles === null ? null : id(one.settles.seq);
      return ok({ documentId: id(203), reference: null, tables: [], settledId });
    },
  };
  const source: JournalSource = {
    desk: async () => ({ device, resign: null, floor: 0 }),
    waiting: async () => saved.map(({ command }) => ({ id: command.id, deviceId: device.id, seq: command.seq })),
    commands: async (ids) =>
      saved
        .filter(({ command }) => ids.includes(command.id))
        .map(({ signed, actorName }): JournalRecord => ({ kind: 'command', ...signed, actorName, settles: null })),
    verdicts: async () => verdicts,
  };
  const faults: unknown[] = [];
  const deskJournal = new DeskJournal({
    journal,
    source,
    onFault: (problem) => {
      faults.push(problem);
      throw new Error('the process ends here');
    },
  });
  const kept = async () =>
    [...(await readJournal(files, nodeDigest)).commands.values()].map(({ command }) => command.seq);
  return { files, saved, verdicts, faults, kept, deskJournal, keeper: deskJournal.around(keeper) };
}

describe('the journal of a desk', () => {
  it('holds a command when the save resolves, and lets none be sent before', async () => {
    const { keeper, kept, deskJournal } = await desk();
    expect(deskJournal.sendUpTo).toBe(0);
    await keeper.save(entry(1));
    expect(await kept()).toEqual([1]);
    expect(deskJournal.sendUpTo).toBe(1);
  });

  it('ends the process instead of saying "saved" when the books have a command that the journal could not take', async () => {
    const { files, keeper, saved, faults, kept, deskJournal } = await desk();
    await deskJournal.catchUp();
    files.fail(10);
    await expect(keeper.save(entry(1))).rejects.toThrow('the process ends here');
    expect(faults).toHaveLength(1);
    expect(saved).toHaveLength(1);
    expect(deskJournal.sendUpTo).toBe(0);
    // The next start finds it in the books.
    await deskJournal.catchUp();
    expect(await kept()).toEqual([1]);
    expect(deskJournal.sendUpTo).toBe(1);
  });

  it('refuses a command before the books have it while the journal cannot be written, and goes on by itself', async () => {
    const { files, keeper, saved, deskJournal } = await desk();
    files.fail(0);
    await expect(deskJournal.catchUp()).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    files.fail(0);
    await expect(keeper.save(entry(1))).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    expect(saved).toHaveLength(0);
    await keeper.save(entry(1));
    expect(saved).toHaveLength(1);
  });

  it('lets what waited be sent once the disk has room again, without another command', async () => {
    const { files, keeper, kept, saved, deskJournal } = await desk();
    await deskJournal.catchUp();
    files.fail(10);
    await expect(keeper.save(entry(1))).rejects.toThrow('the process ends here');
    // As after the next start, on a disk that is still full.
    files.fail(0);
    await expect(deskJournal.catchUp()).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    files.fail(0);
    await expect(deskJournal.level()).rejects.toMatchObject({ code: 'ENGINE_DISK_FULL' });
    expect(deskJournal.sendUpTo).toBe(0);
    await deskJournal.level();
    expect(deskJournal.sendUpTo).toBe(saved.length);
    expect(await kept()).toEqual([1]);
  });

  it('keeps what became of refused commands, once', async () => {
    const { files, keeper, deskJournal, verdicts } = await desk();
    await keeper.save(entry(1));
    await keeper.save(entry(2));
    await deskJournal.told([
      { id: id(1), seq: 1, status: 'rejected', duplicate: false, code: 'COMMAND_STALE', details: { what: 'vendor' } },
      { id: id(2), seq: 2, status: 'applied', duplicate: false, code: null, details: {} },
    ]);
    await keeper.save(entry(3, { seq: 1, how: 'resubmit', at: 7 }));
    const read = await readJournal(files, nodeDigest);
    expect([...read.refused.keys()]).toEqual([id(1)]);
    expect([...read.settled]).toMatchObject([[id(1), { how: 'resubmit', at: 7 }]]);
    const size = async () => (await files.read('00000001.journal')).byteLength;
    const before = await size();
    verdicts.push({ kind: 'settled', commandId: id(1), how: 'resubmit', at: 7 });
    await deskJournal.catchUp();
    expect(await size()).toBe(before);
    verdicts.push({ kind: 'settled', commandId: id(2), how: 'take_theirs', at: 8 });
    await deskJournal.catchUp();
    expect(await size()).toBeGreaterThan(before);
  });
});
