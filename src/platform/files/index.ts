// The door of files.
export { type FileLimits, Files, type StoredFile } from './files.ts';
export { openFiles } from './open.ts';
export { filesRouter } from './router.ts';
export { fileRoutes } from './routes.ts';
export { ContentMissing, type FileStore, FileTooLarge } from './store.ts';
export { sweepFiles } from './sweep.ts';
export type { FileTables } from './tables.ts';
export { Uploads } from './uploads.ts';
