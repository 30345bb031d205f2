// The door of backups.
export { ArchiveReader } from './archive-reader.ts';
export { type BackupDone, type BackupParts, backUp } from './backup.ts';
export { noteBackup } from './history.ts';
export { writeKeysFile } from './keys-file.ts';
export { BackupError, type Progress } from './manifest.ts';
export { forgetStaleSnapshots } from './moment.ts';
export { type RestoreDone, refuseNewer, restore } from './restore.ts';
