// The built screens: hashed files are cached for ever, every other path gets the one page.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';

export const WEB_FOLDER = join(import.meta.dirname, '../../../dist/web');

export async function registerPages(app: FastifyInstance): Promise<void> {
  if (!existsSync(join(WEB_FOLDER, 'index.html'))) {
    app.get('/', async (_request, reply) =>
      reply.status(503).type('text/plain').send('The screens are not built yet: run "npm start", or "npm run build".'),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: WEB_FOLDER,
    preCompressed: true,
    setHeaders: (reply, path) => {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage =
      request.method === 'GET' && !request.url.startsWith('/api/') && !request.url.startsWith('/assets/');
    if (wantsPage && (request.headers.accept ?? '*/*').match(/text\/html|\*\/\*/)) {
      // what is shared by a link is for those who got it
      if (request.url.startsWith('/shared')) reply.header('x-robots-tag', 'noindex, nofollow');
      return reply.sendFile('index.html');
    }
    return reply.status(404).send({ code: 'NOT_FOUND', message: 'There is no such page.' });
  });
}
