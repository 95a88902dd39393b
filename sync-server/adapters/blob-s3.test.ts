import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Id, uuidv7 } from '../../shared/kernel/ids.ts';
import { systemRandom } from '../../shared/ports/random.ts';
import type { ReceiptPlace } from '../ports/blob-store.ts';
import { faultOf } from '../services/faults.ts';
import { type Fault, type S3Endpoint, startS3Endpoint } from '../testing/s3-endpoint.ts';
import { type BucketPlace, bucketLimits, s3BlobStore } from './blob-s3.ts';

/** As they are, but soon over. */
const short = { tries: bucketLimits.tries, connectMs: 300, silentMs: 300, wholeMs: 3_000 };
const newId = (): Id => uuidv7(Date.now(), systemRandom.bytes(10));
const college = newId();
const bytes = Buffer.from('%PDF-1.4 a bill');
const nameOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

let s3: S3Endpoint;
const open: ReceiptPlace[] = [];
const store = (change: Partial<BucketPlace> = {}, limits = short): ReceiptPlace => {
  const made = s3BlobStore({ ...s3.place, ...change }, limits);
  open.push(made);
  return made;
};
const namesOf = async (place: ReceiptPlace, collegeId: Id): Promise<string[]> => {
  const names: string[] = [];
  for await (const name of place.names(collegeId)) names.push(name);
  return names;
};

beforeEach(async () => {
  s3 = await startS3Endpoint();
});
afterEach(async () => {
  for (const one of open.splice(0)) one.close();
  await s3.close();
});

test('a receipt comes back as it was put, from another process too, and lies where a folder would have it', async () => {
  await store().put(college, nameOf(bytes), bytes);
  expect(Buffer.from((await store().get(college, nameOf(bytes))) ?? [])).toEqual(bytes);
  expect([...s3.objects.keys()]).toEqual([`books/${college}/${nameOf(bytes).slice(0, 2)}/${nameOf(bytes)}`]);
  expect(await store().has(college, nameOf(bytes))).toBe(true);
  expect(await store().has(newId(), nameOf(bytes))).toBe(false);
  expect(await store().get(newId(), nameOf(bytes))).toBeNull();
  expect(await store().get(college, nameOf(Buffer.from('another')))).toBeNull();
});

test('the names of a college are listed over all pages, and those of others and strange objects are not', async () => {
  const place = store();
  const many = Array.from({ length: 7 }, (_, index) => Buffer.from(`receipt ${index}`));
  for (const one of many) await place.put(college, nameOf(one), one);
  await place.put(newId(), nameOf(bytes), bytes);
  await place.writeMark('a mark');
  s3.objects.set(`books/${college}/ab/notes.txt`, bytes);
  expect((await namesOf(place, college)).sort()).toEqual(many.map(nameOf).sort());
  expect(s3.seen.filter((line) => line.includes('continuation-token')).length).toBeGreaterThan(1);
  expect(await place.readMark()).toBe('a mark');
  expect(await store({ prefix: '' }).readMark()).toBeNull();
});

test('what is no name of a receipt never becomes one of an object', async () => {
  for (const [collegeId, name] of [
    ['../x', nameOf(bytes)],
    [college, '../../x'],
  ] as const) {
    await expect(store().put(collegeId, name, bytes)).rejects.toThrow(/not the name of a receipt/);
    await expect(store().get(collegeId, name)).rejects.toThrow(/not the name of a receipt/);
  }
  expect(s3.seen).toEqual([]);
});

test('bytes that are not what their name says are not handed on', async () => {
  const place = store();
  await place.put(college, nameOf(bytes), bytes);
  for (const key of s3.objects.keys()) s3.objects.set(key, Buffer.from('tampered'));
  await expect(place.get(college, nameOf(bytes))).rejects.toThrow(/other bytes/);
});

describe('what goes wrong', () => {
  test.each<{ change: Partial<BucketPlace>; cause: string }>([
    { change: { secretAccessKey: 'another' }, cause: 'SignatureDoesNotMatch' },
    { change: { accessKeyId: 'another' }, cause: 'InvalidAccessKeyId' },
    { change: { bucket: 'another' }, cause: 'NoSuchBucket' },
    { change: { region: 'eu-west-1' }, cause: 'AuthorizationHeaderMalformed' },
  ])('a wrong setting is told as itself and not as a missing receipt: $cause', async ({ change, cause }) => {
    const place = store(change);
    const failing = { code: 'SERVER_UNAVAILABLE', cause: { name: cause } };
    await expect(place.put(college, nameOf(bytes), bytes)).rejects.toMatchObject(failing);
    await expect(place.get(college, nameOf(bytes))).rejects.toMatchObject(failing);
    await expect(place.readMark()).rejects.toMatchObject(failing);
    await expect(namesOf(place, college)).rejects.toMatchObject(failing);
    expect(s3.objects.size).toBe(0);
  });

  test.each<Fault>(['error 500', 'error 503', 'reset', 'silence'])('%s once or twice is tried again', async (fault) => {
    const place = store();
    s3.faults.push(fault, fault);
    await place.put(college, nameOf(bytes), bytes);
    s3.faults.push(fault);
    expect(Buffer.from((await place.get(college, nameOf(bytes))) ?? [])).toEqual(bytes);
  });

  test.each<Fault>(['error 503', 'reset', 'silence', 'half an answer'])(
    '%s without end is given up after a few tries, as something that will pass',
    async (fault) => {
      const place = store();
      s3.faults.push(...Array.from({ length: 20 }, () => fault));
      const thrown: unknown = await place.get(college, nameOf(bytes)).catch((problem: unknown) => problem);
      expect(thrown).toMatchObject({ code: 'SERVER_UNAVAILABLE' });
      expect(faultOf(thrown).kind).toBe('passing');
      expect(s3.seen.length).toBeLessThanOrEqual(short.tries);
    },
  );

  test('a list that never ends coming is given up too', async () => {
    s3.faults.push('half an answer');
    await expect(namesOf(store({}, { ...short, wholeMs: 500 }), college)).rejects.toMatchObject({
      code: 'SERVER_UNAVAILABLE',
    });
  });

  test('an address where nobody listens is given up too', async () => {
    await s3.close();
    await expect(store().put(college, nameOf(bytes), bytes)).rejects.toMatchObject({ code: 'SERVER_UNAVAILABLE' });
  });
});
