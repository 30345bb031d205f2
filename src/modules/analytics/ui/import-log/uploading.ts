// The upload of a company's logs, kept outside the screen: one may look at other screens meanwhile. Closing the window
// stops it, and the browser asks before.
import { useSyncExternalStore } from 'react';
import { api, client, queryClient } from '../../../../web/api.ts';
import { uploadFile } from '../../../../web/upload.ts';

export interface Uploading {
  workspace: string;
  site: string;
  files: readonly { file: File; upload: string | undefined; id: string | undefined; sent: number }[];
  /** milliseconds since the epoch, and bytes sent before then: what the speed is reckoned from */
  since: number;
  sentBefore: number;
  /** set when it stands still */
  error: unknown;
}

let now: Uploading | undefined;
let stop = new AbortController();
const listeners = new Set<() => void>();

function set(next: Uploading | undefined): void {
  now = next;
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

const ask = (event: BeforeUnloadEvent) => event.preventDefault();

export const sentOf = (of: Uploading): number => of.files.reduce((sum, one) => sum + one.sent, 0);
export const totalOf = (of: Uploading): number => of.files.reduce((sum, one) => sum + one.file.size, 0);

/** The upload under way in this window, of whichever company. */
export const useUploading = (): Uploading | undefined => useSyncExternalStore(subscribe, () => now);

export function startUpload(workspace: string, site: string, files: readonly File[]): void {
  const begun = files.map((file) => ({ file, upload: undefined, id: undefined, sent: 0 }));
  set({ workspace, site, files: begun, since: Date.now(), sentBefore: 0, error: undefined });
  void goOn();
}

/** Also after it stood still: what arrived is not sent again. */
export async function goOn(): Promise<void> {
  if (now === undefined) return;
  stop = new AbortController();
  const { signal } = stop;
  set({ ...now, since: Date.now(), sentBefore: sentOf(now), error: undefined });
  window.addEventListener('beforeunload', ask);
  const { workspace, site, files } = now;
  const change = (index: number, of: Partial<Uploading['files'][number]>) => {
    if (now && !signal.aborted)
      set({ ...now, files: now.files.map((one, i) => (i === index ? { ...one, ...of } : one)) });
  };
  try {
    const ids: string[] = [];
    for (const [index, { file, upload, id }] of files.entries()) {
      const stored =
        id ??
        (await uploadFile({
          workspace,
          file,
          upload,
          signal,
          onBegun: (begun) => change(index, { upload: begun }),
          onProgress: (sent) => change(index, { sent }),
        }));
      change(index, { id: stored });
      ids.push(stored);
    }
    await client.logImports.start({ workspace, site, files: ids }, { signal });
    await queryClient.invalidateQueries({ queryKey: api.logImports.key() });
    set(undefined);
  } catch (error) {
    if (!signal.aborted && now) set({ ...now, error });
  } finally {
    if (stop.signal === signal) window.removeEventListener('beforeunload', ask);
  }
}

export function giveUp(): void {
  stop.abort();
  window.removeEventListener('beforeunload', ask);
  const left = now;
  set(undefined);
  if (left === undefined) return;
  const { workspace } = left;
  for (const { upload, id } of left.files) {
    const gone = id
      ? client.files.remove({ workspace, file: id })
      : upload && client.uploads.abandon({ workspace, upload });
    // what can't be told now is swept away by the server
    if (gone) void Promise.resolve(gone).catch(() => {});
  }
}
