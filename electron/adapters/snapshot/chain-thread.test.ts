import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf } from '../../../shared/db/tables.ts';
import { type AuditHead, chainStart, link } from '../../../shared/domain/audit/chain.ts';
import type { AuditEntry } from '../../../shared/domain/rows.ts';
import { uuidv7 } from '../../../shared/kernel/ids.ts';
import { nodeDigest } from '../node-digest.ts';
import { entriesOf } from './audit-csv.ts';
import { ChainOfParts } from './chain-of-parts.ts';
import { ChainThread } from './chain-thread.ts';

const id = (number: number) => uuidv7(1_700_000_000_000 + number, new Uint8Array(10));
const collegeId = id(0);
const columns = columnsOf('audit_entries')
  .map(({ name }) => name)
  .filter((name) => name !== 'college_id');

function chainOf(count: number, text = (index: number): string => `{"lot":${index}}`): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let head: AuditHead = chainStart;
  for (let index = 1; index <= count; index++) {
    const entry = {
      ...{ collegeId, id: id(index), commandName: 'vendor.create', actorId: id(900), actorName: 'Asha "A" Kulkarni' },
      ...{ deviceId: id(901), occurredAt: 1_700_000_000_000, recordedAt: 1_700_000_000_001 },
      ...{ command: text(index), signature: 'c2ln', changes: '[]', documentId: index % 2 === 0 ? id(902) : null },
    };
    const linked = link(entry, head, nodeDigest);
    entries.push(linked);
    head = { position: linked.position, hash: linked.hash };
  }
  return entries;
}

/** As the server writes them. */
function csvOf(entries: readonly AuditEntry[]): Uint8Array {
  const lines = entries.map((entry) =>
    columnsOf('audit_entries')
      .filter(({ key }) => key !== 'collegeId')
      .map(({ key, type }) => {
        const value = key === 'version' ? 7 : entry[key as keyof AuditEntry];
        if (value === null) return '';
        return type === 'string' ? `"${String(value).replaceAll('"', '""')}"` : String(value);
      })
      .join(','),
  );
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

function headOf(...parts: readonly (readonly AuditEntry[] | Uint8Array)[]): AuditHead {
  const chain = new ChainOfParts(collegeId, chainStart);
  for (const part of parts) chain.take(columns, part instanceof Uint8Array ? part : csvOf(part));
  return chain.head;
}
const endOf = (entries: readonly AuditEntry[]): AuditHead => {
  const last = entries.at(-1);
  return last === undefined ? chainStart : { position: last.position, hash: last.hash };
};
const replaced = (csv: Uint8Array, from: string | RegExp, to: string): Uint8Array =>
  new TextEncoder().encode(new TextDecoder().decode(csv).replace(from, to));

describe('entries of a part', () => {
  it('are read as they were, whatever text is in them', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', '\\', '.') }),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (texts) => {
        const entries = chainOf(texts.length, (index) => texts[index - 1]?.toWellFormed() ?? '');
        const read = [...entriesOf(collegeId, columns, csvOf(entries))];
        expect(read).toEqual(entries.map((entry) => ({ ...entry, version: 7 })));
        expect(headOf(entries)).toEqual(endOf(entries));
      }),
    );
  });

  it.each([
    ['a number with a sign', ',7,3,', ',7,+3,'],
    ['a number with a nought before it', ',7,3,', ',7,03,'],
    ['a number beyond all exactness', ',7,3,', ',7,99999999999999999999,'],
    ['a blank before a number', ',7,3,', ',7, 3,'],
    ['an id in capitals', id(3), id(3).toUpperCase()],
    ['an id in quotes', id(3), `"${id(3)}"`],
    ['a text without quotes', `"{""lot"":3}"`, 'lot'],
    ['a text that begins after a blank', `"{""lot"":3}"`, ' "{""lot"":3}"'],
    ['a text that goes on after its quote', `"{""lot"":3}"`, '"{""lot"":3}"x'],
    ['a text that is left out', `"{""lot"":3}"`, ''],
    ['another line end', new RegExp(`\n${id(4)}`), `\r\n${id(4)}`],
    ['a cell too many', new RegExp(`\n${id(4)}`), `,1\n${id(4)}`],
  ])('are not read from %s on', (_, from, to) => {
    const entries = chainOf(5);
    const csv = replaced(csvOf(entries), from, to);
    expect(csv).not.toEqual(csvOf(entries));
    expect([...entriesOf(collegeId, columns, csv)].map(({ position }) => position)).toEqual([1, 2]);
  });

  it('are not read from what is no UTF-8, or ends before a line does', () => {
    const csv = csvOf(chainOf(3));
    expect([...entriesOf(collegeId, columns, new Uint8Array([...csv, 0xff]))]).toEqual([]);
    expect([...entriesOf(collegeId, columns, new Uint8Array([0xef, 0xbb, 0xbf, ...csv]))]).toEqual([]);
    expect([...entriesOf(collegeId, columns, csv.subarray(0, csv.length - 1))]).toHaveLength(2);
  });
});

describe('the chain of the parts', () => {
  const entries = chainOf(12);

  it('holds to its end in whatever order the entries come', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: 12 }), fc.nat(12), (shuffled, cut) => {
        expect(headOf(shuffled.slice(0, cut), shuffled.slice(cut))).toEqual(endOf(entries));
      }),
    );
  });

  it('goes on from what was verified before', () => {
    const chain = new ChainOfParts(collegeId, endOf(entries.slice(0, 4)));
    chain.take(columns, csvOf(entries.slice(4)));
    expect(chain.head).toEqual(endOf(entries));
  });

  it.each([
    ['is missing', () => []],
    ['says something else than was hashed', (entry: AuditEntry) => [{ ...entry, actorName: 'Somebody else' }]],
    ['bears another hash', (entry: AuditEntry) => [{ ...entry, hash: 'f'.repeat(64) }]],
    ['is of another chain', (entry: AuditEntry) => [link(entry, { position: 6, hash: 'e'.repeat(64) }, nodeDigest)]],
    ['stands elsewhere', (entry: AuditEntry) => [link(entry, { position: 40, hash: entry.previousHash }, nodeDigest)]],
  ])('ends before an entry that %s', (_, spoilt) => {
    const part = entries.flatMap((entry) => (entry.position === 7 ? spoilt(entry) : [entry]));
    expect(headOf(part)).toEqual(endOf(entries.slice(0, 6)));
  });

  it('does not hold in the books of another college', () => {
    const chain = new ChainOfParts(id(5), chainStart);
    chain.take(columns, csvOf(entries));
    expect(chain.head).toEqual(chainStart);
  });
});

describe('the thread of the chain', () => {
  const entries = chainOf(300);
  const part = (from: number, to: number) => ({ columns, csv: csvOf(entries.slice(from, to)) });

  it('verifies the parts one after the other and tells the head of all', async () => {
    const thread = new ChainThread({ collegeId, from: chainStart });
    try {
      expect(await thread.head()).toEqual(chainStart);
      for (let from = 0; from < 300; from += 50) await thread.take(part(from, from + 50));
      expect(await thread.head()).toEqual(endOf(entries));
    } finally {
      await thread.close();
    }
  });

  it('leaves the head where it came to when it ends early', async () => {
    const thread = new ChainThread({ collegeId, from: chainStart });
    await thread.take(part(0, 50));
    await thread.head();
    await thread.close();
    await thread.take(part(50, 100));
    expect(await thread.head()).toEqual(endOf(entries.slice(0, 50)));
  });
});
