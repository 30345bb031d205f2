// Carries a file to the server piece by piece. When the line goes dead it waits, asks how far it got and goes on; only
// after several tries in a row without a byte does it give up, and even then the same upload can be gone on with.
import { PIECE } from '../platform/files/contract.ts';
import { client, errorCode } from './api.ts';

/** Seconds between tries that brought nothing. */
const PAUSES = [1, 2, 4, 8, 15];
/** Answers that another try would only get again. */
const FINAL = ['UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_REQUEST'];

class PieceFailed extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface UploadOptions {
  workspace: string;
  file: File;
  /** an upload that was begun before */
  upload?: string | undefined;
  signal: AbortSignal;
  onBegun(upload: string): void;
  /** bytes that arrived or are on their way */
  onProgress(sent: number): void;
}

/** Resolves with the id of the stored file. Throws what the API throws, or an AbortError. */
export async function uploadFile(options: UploadOptions): Promise<string> {
  const { workspace, file, signal, onBegun, onProgress } = options;
  let { upload } = options;
  if (upload === undefined) {
    ({ upload } = await client.uploads.begin({ workspace, name: file.name, size: file.size }, { signal }));
    onBegun(upload);
  }
  const at = { workspace, upload };
  for (let failures = 0, known = -1; ; ) {
    try {
      let { offset } = await client.uploads.state(at, { signal });
      if (offset > known) failures = 0;
      known = offset;
      while (offset < file.size) {
        onProgress(offset);
        const from = offset;
        await sendPiece(at, from, file.slice(from, from + PIECE), signal, (sent) => onProgress(from + sent));
        offset = Math.min(file.size, from + PIECE);
        failures = 0;
      }
      onProgress(file.size);
      return (await client.uploads.finish(at, { signal })).id;
    } catch (error) {
      const code = error instanceof PieceFailed ? error.code : errorCode(error);
      if (signal.aborted || FINAL.includes(code) || failures >= PAUSES.length) throw error;
      await pause((PAUSES[failures++] ?? 1) * 1000, signal);
    }
  }
}

/** Fetch tells nothing of how much has gone; this does. */
function sendPiece(
  at: { workspace: string; upload: string },
  offset: number,
  piece: Blob,
  signal: AbortSignal,
  onSent: (bytes: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('PUT', `/api/v1/workspaces/${at.workspace}/uploads/${at.upload}/bytes?offset=${offset}`);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onloadend = () => {
      signal.removeEventListener('abort', stop);
      if (request.status === 200) return resolve();
      if (signal.aborted) return reject(signal.reason);
      reject(new PieceFailed(codeOf(request.responseText)));
    };
    signal.addEventListener('abort', stop);
    request.send(piece);
  });
}

function codeOf(answer: string): string {
  try {
    return String((JSON.parse(answer) as { code?: unknown }).code);
  } catch {
    return 'OFFLINE';
  }
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
