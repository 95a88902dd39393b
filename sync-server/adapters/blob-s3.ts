import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { MunimError } from '../../shared/kernel/errors.ts';
import { isReceiptName, markName, type ReceiptPlace, receiptPath } from '../ports/blob-store.ts';

/** A bucket that speaks S3, of whichever maker. */
export interface BucketPlace {
  /** null: that of AWS for the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Before every name; empty, or with a slash at its end. */
  readonly prefix: string;
  /** `endpoint/bucket/name` instead of `bucket.endpoint/name`. */
  readonly pathStyle: boolean;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** A desk waits 30 seconds for its answer, so the whole of a call, tries and pauses included, has to end before. */
export const bucketLimits = { tries: 3, connectMs: 2_000, silentMs: 6_000, wholeMs: 20_000 } as const;

type Limits = { readonly [K in keyof typeof bucketLimits]: number };

/**
 * Receipts in a bucket. Everything throws MunimError SERVER_UNAVAILABLE with the cause when the bucket does not do what it is asked,
 * after a bounded number of tries in a bounded time: desks take that as "later" and send again.
 */
export function s3BlobStore(place: BucketPlace, limits: Limits = bucketLimits): ReceiptPlace {
  const { bucket: Bucket, prefix, endpoint } = place;
  const client = new S3Client({
    region: place.region,
    ...(endpoint === null ? {} : { endpoint }),
    forcePathStyle: place.pathStyle,
    credentials: { accessKeyId: place.accessKeyId, secretAccessKey: place.secretAccessKey },
    maxAttempts: limits.tries,
    requestHandler: {
      connectionTimeout: limits.connectMs,
      requestTimeout: limits.silentMs,
      throwOnRequestTimeout: true,
    },
    // The newer checksums are beyond many servers that speak S3; the name of a receipt is its checksum.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const put = (Key: string, Body: Uint8Array) =>
    bounded(limits.wholeMs, async (abortSignal) => {
      await client.send(new PutObjectCommand({ Bucket, Key, Body }), { abortSignal });
    });
  const get = (Key: string): Promise<Uint8Array | null> =>
    bounded(limits.wholeMs, async (abortSignal) => {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }), { abortSignal });
        return (await Body?.transformToByteArray()) ?? null;
      } catch (thrown) {
        // Not any 404: a bucket that is missing must not look like a receipt that never came.
        if (thrown instanceof Error && thrown.name === 'NoSuchKey') return null;
        throw thrown;
      }
    });
  return {
    where: `the bucket ${Bucket}${endpoint === null ? '' : ` at ${endpoint}`}${prefix === '' ? '' : ` under ${prefix}`}`,
    put: async (collegeId, sha256, bytes) => put(prefix + receiptPath(collegeId, sha256), bytes),
    get: async (collegeId, sha256) => {
      const bytes = await get(prefix + receiptPath(collegeId, sha256));
      if (bytes !== null && createHash('sha256').update(bytes).digest('hex') !== sha256) {
        throw new Error(`the bucket gave other bytes for the receipt ${sha256}`);
      }
      return bytes;
    },
    has: (collegeId, sha256) =>
      bounded(limits.wholeMs, async (abortSignal) => {
        try {
          await client.send(new HeadObjectCommand({ Bucket, Key: prefix + receiptPath(collegeId, sha256) }), {
            abortSignal,
          });
          return true;
        } catch (thrown) {
          // A missing bucket looks the same; who then sends the receipt is told.
          if (thrown instanceof Error && thrown.name === 'NotFound') return false;
          throw thrown;
        }
      }),
    readMark: async () => {
      const bytes = await get(prefix + markName);
      return bytes === null ? null : Buffer.from(bytes).toString('utf8');
    },
    writeMark: (mark) => put(prefix + markName, Buffer.from(mark)),
    names: async function* (collegeId) {
      const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: `${prefix}${collegeId}/` })[
        Symbol.asyncIterator
      ]();
      for (;;) {
        const page = await bounded(limits.wholeMs, () => pages.next());
        if (page.done === true) return;
        for (const { Key = '' } of page.value.Contents ?? []) {
          const name = Key.slice(Key.lastIndexOf('/') + 1);
          if (isReceiptName(name)) yield name;
        }
      }
    },
    close: () => client.destroy(),
  };
}

/** An answer whose head came in time may still trickle for ever, which no setting of the driver minds. */
async function bounded<T>(wholeMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(wholeMs);
  const late = Promise.withResolvers<never>();
  const onLate = (): void => late.reject(new Error(`the bucket did not answer within ${wholeMs} ms`));
  signal.addEventListener('abort', onLate);
  try {
    return await Promise.race([work(signal), late.promise]);
  } catch (thrown) {
    throw new MunimError('SERVER_UNAVAILABLE', {}, { cause: thrown });
  } finally {
    signal.removeEventListener('abort', onLate);
  }
}
