// The file store the settings ask for: a bucket when S3_BUCKET is given, else a folder of the data folder.
import { join } from 'node:path';
import type pg from 'pg';
import { type Config, SettingsError } from '../config/config.ts';
import { openKysely } from '../database/postgres.ts';
import { Files } from './files.ts';
import { folderStore } from './providers/folder.ts';
import { s3Store } from './providers/s3.ts';
import type { FileStore } from './store.ts';
import type { FileTables } from './tables.ts';
import { Uploads } from './uploads.ts';

function openFileStore(config: Config): FileStore {
  const { s3Bucket, s3Endpoint, s3Region, s3AccessKey, s3SecretKey } = config;
  if (s3Bucket === undefined) return folderStore(join(config.data, 'files'));
  if (!s3AccessKey || !s3SecretKey)
    throw new SettingsError([
      'S3_BUCKET needs S3_ACCESS_KEY and S3_SECRET_KEY (and S3_ENDPOINT unless it is at Amazon)',
    ]);
  return s3Store({
    endpoint: s3Endpoint,
    bucket: s3Bucket,
    region: s3Region,
    accessKey: s3AccessKey,
    secretKey: s3SecretKey,
  });
}

const MEGABYTE = 1_000_000;

export function openFiles(parts: { pool: pg.Pool; config: Config; secret: string }): {
  files: Files;
  uploads: Uploads;
} {
  const { config } = parts;
  const files = new Files({
    db: openKysely<FileTables>(parts.pool),
    store: openFileStore(config),
    data: config.data,
    limits: { file: config.fileLimitMb * MEGABYTE, workspace: config.filesLimitMb * MEGABYTE },
    secret: parts.secret,
  });
  return { files, uploads: new Uploads(files) };
}
