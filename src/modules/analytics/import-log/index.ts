// The import of access logs: what the command line and the server call.
export { LogImportError, type LogImportErrorCode } from './errors.ts';
export { importLog } from './import-log.ts';
export type {
  ImportLogOptions,
  ImportProgress,
  LogPosition,
  LogSink,
  LogSite,
  RejectedLine,
  Summary,
} from './types.ts';
