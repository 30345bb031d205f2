// Contents in a bucket of an S3-compatible service. The client is loaded when it is first used: most installations never do.
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import { ContentMissing, type FileStore } from '../store.ts';

export interface S3Settings {
  /** left out: Amazon's own */
  endpoint?: string | undefined;
  bucket: string;
  region: string;
  accessKey: string;
  secretKey: string;
  /** bytes of a part; larger contents go in several */
  partSize?: number;
}

const PART = 64 * 1024 * 1024;
const keyOf = (sha256: string): string => `tradewind/${sha256.slice(0, 2)}/${sha256}`;

export function s3Store(settings: S3Settings): FileStore {
  const partSize = settings.partSize ?? PART;
  const load = async () => {
    const sdk = await import('@aws-sdk/client-s3');
    const client: S3Client = new sdk.S3Client({
      region: settings.region,
      credentials: { accessKeyId: settings.accessKey, secretAccessKey: settings.secretKey },
      // a service of one's own seldom has a host name for every bucket
      ...(settings.endpoint ? { endpoint: settings.endpoint, forcePathStyle: true } : {}),
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
      maxAttempts: 4,
    });
    return { sdk, client };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const s3 = () => {
    loaded ??= load();
    return loaded;
  };
  const at = (sha256: string) => ({ Bucket: settings.bucket, Key: keyOf(sha256) });
  const missing =
    (sha256: string) =>
    (error: unknown): never => {
      const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
      throw name === 'NoSuchKey' || name === 'NotFound' || $metadata?.httpStatusCode === 404
        ? new ContentMissing(sha256)
        : error;
    };
  const head = async (sha256: string): Promise<number> => {
    const { sdk, client } = await s3();
    const found = await client.send(new sdk.HeadObjectCommand(at(sha256))).catch(missing(sha256));
    return found.ContentLength ?? 0;
  };
  return {
    put: async ({ sha256, size }, path) => {
      const { sdk, client } = await s3();
      if (size <= partSize) {
        const Body = size === 0 ? Buffer.alloc(0) : createReadStream(path);
        await client.send(new sdk.PutObjectCommand({ ...at(sha256), Body, ContentLength: size }));
        return;
      }
      const { UploadId } = await client.send(new sdk.CreateMultipartUploadCommand(at(sha256)));
      try {
        const Parts: { ETag: string | undefined; PartNumber: number }[] = [];
        for (let start = 0; start < size; start += partSize) {
          const end = Math.min(size, start + partSize);
          const PartNumber = Parts.length + 1;
          const { ETag } = await client.send(
            new sdk.UploadPartCommand({
              ...at(sha256),
              UploadId,
              PartNumber,
              Body: createReadStream(path, { start, end: end - 1 }),
              ContentLength: end - start,
            }),
          );
          Parts.push({ ETag, PartNumber });
        }
        await client.send(
          new sdk.CompleteMultipartUploadCommand({ ...at(sha256), UploadId, MultipartUpload: { Parts } }),
        );
      } catch (error) {
        await client.send(new sdk.AbortMultipartUploadCommand({ ...at(sha256), UploadId })).catch(() => {});
        throw error;
      }
    },
    get: async (sha256, start = 0) => {
      const { sdk, client } = await s3();
      const range = start > 0 ? { Range: `bytes=${start}-` } : {};
      const { Body } = await client.send(new sdk.GetObjectCommand({ ...at(sha256), ...range })).catch(missing(sha256));
      return Body as Readable;
    },
    delete: async (sha256) => {
      const { sdk, client } = await s3();
      await client.send(new sdk.DeleteObjectCommand(at(sha256)));
    },
    exists: (sha256) =>
      head(sha256).then(
        () => true,
        (error: unknown) => {
          if (error instanceof ContentMissing) return false;
          throw error;
        },
      ),
    size: head,
    pathOf: () => null,
  };
}
