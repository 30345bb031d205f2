// What can be wrong with a file as a whole. A row that can't be understood is no error: it is counted, kept and given back.

export type ImportErrorCode =
  | 'empty'
  | 'old-excel'
  | 'open-document'
  | 'packed'
  | 'web-page'
  | 'not-a-table'
  | 'locked'
  | 'broken'
  | 'too-large'
  | 'open-quote'
  | 'no-sheet';

/** The message is shown to people and says what to do. */
export class ImportFileError extends Error {
  override name = 'ImportFileError';
  readonly code: ImportErrorCode;
  constructor(code: ImportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
