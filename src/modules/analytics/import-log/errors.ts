// What can be wrong with a log as a whole. A single line that can't be read is no error: it is counted and kept.

export type LogErrorCode = 'missing' | 'not-a-file' | 'not-readable' | 'packed' | 'cut' | 'broken' | 'unknown-format';

/** The import stopped. What was read before is stored, and importing the file again adds the rest without doubling anything. */
export class LogError extends Error {
  override name = 'LogError';
  readonly code: LogErrorCode;
  constructor(code: LogErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
