// What can be wrong with a log as a whole. A single line that can't be read is no error: it is counted and kept.

export type LogImportErrorCode =
  | 'missing'
  | 'not-a-file'
  | 'not-readable'
  | 'packed'
  | 'cut'
  | 'broken'
  | 'unknown-format';

/** The import stopped. What was read before is stored, and importing the file again adds the rest without doubling anything. */
export class LogImportError extends Error {
  override name = 'LogImportError';
  readonly code: LogImportErrorCode;
  constructor(code: LogImportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
