// The daily sweep: files whose time is over, uploads nobody goes on with, contents nobody names.
import { z } from 'zod';
import { defineInstallationJob } from '../jobs/index.ts';
import type { Files } from './files.ts';
import type { Uploads } from './uploads.ts';

export const sweepFiles = defineInstallationJob({
  name: 'sweep-files',
  title: 'jobs.names.sweepFiles',
  payload: z.object({}),
  run: async (_context, { files, uploads }: { files: Files; uploads: Uploads }) => ({
    ...(await files.sweep()),
    uploads: await uploads.sweep(),
  }),
});
