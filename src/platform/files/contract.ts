// Files as others see them. The bytes of an upload travel beside this contract, see routes.ts. Browser-safe.
import { z } from 'zod';
import { route } from '../api/contract-base.ts';
import { workspacePath } from '../workspaces/contract.ts';

/** Bytes of a piece the browser sends: it arrives within a minute on a slow line, and proxies let it pass as they come. */
export const PIECE = 1_000_000;
/** The most a piece may have. */
export const MOST_PIECE = 8_000_000;

const upload = z.object({
  upload: z.uuid(),
  name: z.string(),
  size: z.number(),
  /** bytes that arrived; the next piece begins here */
  offset: z.number(),
});
const file = z.object({ id: z.uuid(), name: z.string(), type: z.string(), size: z.number(), sha256: z.string() });
const uploadPath = workspacePath.extend({ upload: z.uuid() });
const filePath = workspacePath.extend({ file: z.uuid() });

export const filesContract = {
  uploads: {
    begin: route('files:write', 'POST', '/workspaces/{workspace}/uploads', 'Begin to upload a file')
      .input(
        workspacePath.extend({
          name: z.string().min(1).max(1000),
          size: z.number().int().min(1, 'The file is empty.').max(Number.MAX_SAFE_INTEGER),
        }),
      )
      .output(upload),
    state: route(
      'files:write',
      'GET',
      '/workspaces/{workspace}/uploads/{upload}',
      'How far an upload is; its next piece goes with PUT to …/bytes?offset=N',
    )
      .input(uploadPath)
      .output(upload),
    finish: route(
      'files:write',
      'POST',
      '/workspaces/{workspace}/uploads/{upload}/finish',
      'Make a file of an upload that is whole; it is kept for seven days unless something uses it',
    )
      .input(uploadPath)
      .output(file),
    abandon: route('files:write', 'DELETE', '/workspaces/{workspace}/uploads/{upload}', 'Give an upload up')
      .input(uploadPath)
      .output(z.object({ abandoned: z.boolean() })),
  },
  files: {
    get: route('files:read', 'GET', '/workspaces/{workspace}/files/{file}', 'Name, type and size of a file')
      .input(filePath)
      .output(file),
    link: route('files:read', 'POST', '/workspaces/{workspace}/files/{file}/link', 'A download link that expires')
      .input(filePath.extend({ seconds: z.number().int().min(1).max(604_800).default(300) }))
      .output(z.object({ path: z.string(), expiresAt: z.string() })),
    remove: route('files:write', 'DELETE', '/workspaces/{workspace}/files/{file}', 'Remove a file')
      .input(filePath)
      .output(z.object({ removed: z.boolean() })),
  },
};
