// Each role starts its own part only: the collector takes events, the web shows, the work flushes nothing it has not.
import { expect, test } from 'vitest';
import { startServer } from '../support/program.ts';

const status = async (url: string, path: string, method = 'GET'): Promise<number> =>
  (await fetch(`${url}${path}`, { method, ...(method === 'POST' ? { body: '{}' } : {}) })).status;

test('a collector has no screens and no API', async () => {
  const server = await startServer({ roles: 'collect' });
  try {
    expect(await status(server.url, '/collect', 'POST')).toBe(400);
    expect(await status(server.url, '/tw.js')).toBe(200);
    expect(await status(server.url, '/api/v1/me')).toBe(404);
    expect(await status(server.url, '/overview')).toBe(404);
    expect(await status(server.url, '/readyz')).toBe(200);
  } finally {
    await server.stop();
  }
});

test('a web server takes no events', async () => {
  const server = await startServer({ roles: 'web' });
  try {
    expect(await status(server.url, '/api/v1/me')).toBe(401);
    expect(await status(server.url, '/')).toBe(200);
    expect(await status(server.url, '/collect', 'POST')).toBe(404);
  } finally {
    await server.stop();
  }
});

test('a worker answers about its health and nothing else', async () => {
  const server = await startServer({ roles: 'work' });
  try {
    expect(await status(server.url, '/healthz')).toBe(200);
    expect(await status(server.url, '/api/v1/me')).toBe(404);
    expect(await status(server.url, '/collect', 'POST')).toBe(404);
  } finally {
    await server.stop();
  }
});
