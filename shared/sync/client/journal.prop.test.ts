import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, type Plain } from '../../kernel/canonical.ts';
import { uuidv7 } from '../../kernel/ids.ts';
import { limits } from '../../kernel/limits.ts';
import { MemoryFiles } from '../../testing/memory-files.ts';
import { nodeDigest } from '../../testing/node-digest.ts';
import { Journal, readJournal } from './journal.ts';
import { encodeRecord, type JournalRecord, readRecords } from './journal-record.ts';

const id = (number: number) =>
  uuidv7(1_700_000_000_000, new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, number >> 8, number & 255]));
const deviceId = id(60_000);
const desk: JournalRecord = {
  kind: 'desk',
  device: {
    id: deviceId,
    formerIds: [],
    name: 'Accounts',
    serverUrl: 'https://munim.example',
    serverName: 'Group',
    demonstration: false,
    enrolledAt: 5,
    colleges: [],
  },
  resign: null,
  floor: 0,
};

function command(
  number: number,
  note = '',
  settles: { commandId: string; how: string; at: number } | null = null,
): JournalRecord {
  const signed = {
    id: id(number),
    collegeId: id(50_000),
    deviceId,
    seq: number,
    name: 'vendor.create',
    schemaVersion: 1,
    args: { note },
    actorId: id(50_001),
    occurredAt: 1_700_000_000_000,
    knows: 0,
  };
  return { kind: 'command', text: canonicalText(signed as Plain), signature: 'c2ln', actorName: 'Asha', settles };
}

const joined = (records: readonly JournalRecord[]): Uint8Array =>
  new Uint8Array(records.flatMap((record) => [...encodeRecord(record, nodeDigest)]));
const notes = fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { minLength: 1, maxLength: 12 });

describe('records', () => {
  it('reads back what was written, and of a file cut anywhere exactly the whole records before the cut', () => {
    fc.assert(
      fc.property(notes, fc.double({ min: 0, max: 1, noNaN: true }), (texts, part) => {
        const records = texts.map((text, index) => command(index + 1, text));
        const bytes = joined(records);
        expect(readRecords(bytes, nodeDigest)).toEqual({ records, goodBytes: bytes.byteLength, damaged: 0 });
        const cut = bytes.subarray(0, Math.floor(part * bytes.byteLength));
        const whole = records.filter((_, index) => joined(records.slice(0, index + 1)).byteLength <= cut.byteLength);
        expect(readRecords(cut, nodeDigest)).toEqual({
          records: whole,
          goodBytes: joined(whole).byteLength,
          damaged: 0,
        });
      }),
    );
  });

  it('gives no record that was not written when bytes change, and loses only those they lie in', () => {
    fc.assert(
      fc.property(notes, fc.nat(), fc.integer({ min: 1, max: 255 }), (texts, at, change) => {
        const records = texts.map((text, index) => command(index + 1, text));
        const bytes = joined(records);
        const place = at % bytes.byteLength;
        bytes[place] = (bytes[place] ?? 0) ^ change;
        const read = readRecords(bytes, nodeDigest).records;
        for (const record of read) expect(records).toContainEqual(record);
        // A changed line feed takes the record before it along.
        expect(read.length).toBeGreaterThanOrEqual(records.length - 2);
      }),
    );
  });
});

describe('a journal', () => {
  const open = (files: MemoryFiles) => Journal.open(files, nodeDigest);

  it('cuts off a torn end and goes on behind the last whole record', async () => {
    const files = new MemoryFiles();
    const first = (await open(files)).journal;
    await first.append([desk, command(1)]);
    files.fail(30);
    await expect(first.append([command(2)])).rejects.toThrow('no space');
    const { journal, contents } = await open(files);
    expect([...contents.commands.keys()]).toEqual([id(1)]);
    expect(journal.topSeq).toBe(1);
    await journal.append([command(2)]);
    expect(await readJournal(files, nodeDigest)).toMatchObject({ damaged: 0 });
    expect([...(await readJournal(files, nodeDigest)).commands.keys()]).toEqual([id(1), id(2)]);
  });

  it('writes into a new file after a failed write, since nobody knows what of it is on the disk', async () => {
    const files = new MemoryFiles();
    const { journal } = await open(files);
    await journal.append([desk, command(1)]);
    files.fail(30);
    await expect(journal.append([command(2)])).rejects.toThrow('no space');
    expect(journal.topSeq).toBe(1);
    await journal.append([command(2)]);
    expect(files.files.size).toBe(2);
    const read = await readJournal(files, nodeDigest);
    expect([...read.commands.keys()]).toEqual([id(1), id(2)]);
    expect(read.desk?.device.id).toBe(deviceId);
  });

  it('tells the newest form of a command, what became of it, and who the desk is', async () => {
    const files = new MemoryFiles();
    const { journal } = await open(files);
    await journal.append([desk, command(1, 'first'), command(2), command(1, 'signed anew')]);
    const refused = { kind: 'refused', commandId: id(2), code: 'COMMAND_STALE', details: {} } as const;
    expect(journal.lacks(refused)).toBe(true);
    await journal.append([refused]);
    expect(journal.lacks(refused)).toBe(false);
    await journal.append([command(3, '', { commandId: id(2), how: 'resubmit', at: 9 })]);
    const { contents } = await open(files);
    expect([...contents.commands.values()].map(({ command: { seq } }) => seq)).toEqual([2, 1, 3]);
    expect(contents.commands.get(id(1))?.text).toContain('signed anew');
    expect(contents.refused.get(id(2))?.code).toBe('COMMAND_STALE');
    expect(contents.settled.get(id(2))).toMatchObject({ how: 'resubmit', at: 9 });
  });

  it('begins a new file when one is full, and says in each who the desk is and which numbers are taken', async () => {
    const files = new MemoryFiles();
    const { journal } = await open(files);
    await journal.append([desk]);
    const large = 'x'.repeat(700_000);
    for (let number = 1; number <= 14; number++) await journal.append([command(number, large)]);
    const names = [...files.files.keys()].sort();
    expect(names.length).toBe(2);
    for (const name of names)
      expect(files.files.get(name)?.byteLength).toBeLessThan(limits.journal.fileBytesMax + 1_000_000);
    files.files.delete(names[0] ?? '');
    const { contents, journal: reopened } = await open(files);
    expect(contents.desk?.device.id).toBe(deviceId);
    expect(contents.desk?.floor).toBe(
      Math.min(...[...contents.commands.values()].map(({ command: { seq } }) => seq)) - 1,
    );
    expect(reopened.topSeq).toBe(14);
  });

  it('removes files from the oldest on, none with an open command, none behind the backup, and never the newest', async () => {
    const files = new MemoryFiles();
    const { journal } = await open(files);
    for (let number = 1; number <= 4; number++) {
      await journal.append(number === 1 ? [desk, command(1)] : [command(number)]);
      if (number < 4) journal.rotate();
    }
    const [first, second, third, fourth] = [...files.files.keys()].sort();
    expect(await journal.prune(third ?? '', (one) => one === id(2))).toBe(1);
    expect([...files.files.keys()].sort()).toEqual([second, third, fourth]);
    expect(await journal.prune(second ?? '', () => false)).toBe(1);
    expect(await journal.prune(fourth ?? '', () => false)).toBe(1);
    expect([...files.files.keys()]).toEqual([fourth]);
    expect(first).not.toBe(fourth);
    expect((await open(files)).journal.topSeq).toBe(4);
  });

  it('counts the numbers of a new enrolment from where the server does', async () => {
    const { journal } = await open(new MemoryFiles());
    await journal.append([desk, command(7)]);
    expect(journal.topSeq).toBe(7);
    await journal.append([{ ...desk, device: { ...desk.device, id: id(61_000) }, floor: 2 } as JournalRecord]);
    expect(journal.topSeq).toBe(2);
  });
});
