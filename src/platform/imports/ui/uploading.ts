// The upload of a table, kept outside the screen: one may look at other screens meanwhile, and closing the window asks first.
import { useSyncExternalStore } from 'react';
import { api, client, queryClient } from '../../../web/api.ts';
import { uploadFile } from '../../../web/upload.ts';
import type { LookedAt } from '../contract.ts';

export interface Uploading {
  workspace: string;
  kind: string;
  file: File;
  upload: string | undefined;
  sent: number;
  error: unknown;
  /** set when the file is here and was looked at */
  looked: LookedAt | undefined;
}

let now: Uploading | undefined;
let stop = new AbortController();
const listeners = new Set<() => void>();
const set = (next: Uploading | undefined): void => {
  now = next;
  for (const tell of listeners) tell();
};
const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};
const ask = (event: BeforeUnloadEvent) => event.preventDefault();

export const useUploading = (): Uploading | undefined => useSyncExternalStore(subscribe, () => now);

export function startUpload(workspace: string, kind: string, file: File): void {
  set({ workspace, kind, file, upload: undefined, sent: 0, error: undefined, looked: undefined });
  void goOn();
}

/** Also after it stood still: what arrived is not sent again. */
export async function goOn(): Promise<void> {
  if (now === undefined) return;
  stop = new AbortController();
  const { signal } = stop;
  const change = (of: Partial<Uploading>) => {
    if (now && !signal.aborted) set({ ...now, ...of });
  };
  change({ error: undefined });
  const { workspace, kind, file, upload } = now;
  window.addEventListener('beforeunload', ask);
  try {
    const id = await uploadFile({
      workspace,
      file,
      upload,
      signal,
      onBegun: (begun) => change({ upload: begun }),
      onProgress: (sent) => change({ sent }),
    });
    change({ upload: undefined });
    const looked = await client.imports.open({ workspace, kind, file: id }, { signal });
    await queryClient.invalidateQueries({ queryKey: api.imports.key() });
    change({ looked });
  } catch (error) {
    change({ error });
  } finally {
    if (stop.signal === signal) window.removeEventListener('beforeunload', ask);
  }
}

export function forget(): void {
  stop.abort();
  window.removeEventListener('beforeunload', ask);
  const left = now;
  set(undefined);
  // what can't be told now is swept away by the server
  if (left?.upload && !left.looked)
    void client.uploads.abandon({ workspace: left.workspace, upload: left.upload }).catch(() => {});
}
