// The way out against real servers on this machine: what it refuses, what it limits, what it repeats, and what it writes down.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { company, type TestProgram, testProgram } from '../../../test/support/program.ts';
import { openKysely } from '../database/postgres.ts';
import { redactor } from '../secrets/redactor.ts';
import type { Address, Resolve } from './guard.ts';
import { openOutbound } from './open.ts';
import type { OutboundRequest } from './outbound.ts';
import type { OutboundTables } from './tables.ts';

let program: TestProgram;
let workspace: string;
let server: Server;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let seen: { method: string; url: string; headers: IncomingMessage['headers'] }[] = [];

beforeAll(async () => {
  program = await testProgram();
  workspace = (await company(program)).workspace;
  server = createServer((request, response) => {
    seen.push({ method: request.method!, url: request.url!, headers: request.headers });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await program?.close();
});
beforeEach(() => {
  seen = [];
  answer = (_request, response) => response.end('hello');
});

/** `shop.test` is allowed and lives here; `inside.test` lives here too and nobody allowed it. */
const resolve: Resolve = async (host) => {
  if (!host.endsWith('.test')) throw new Error(`no ${host}`);
  return [{ address: '127.0.0.1', family: 4 }];
};
const open = (allowHosts: string[] = ['shop.test', 'other.test'], resolver: Resolve = resolve) =>
  openOutbound({
    db: openKysely(program.installation.pool),
    log: pino({ level: 'silent' }),
    allowHosts,
    resolve: resolver,
  });
const get = (path: string, request: OutboundRequest = {}, host = 'shop.test') =>
  open().outbound.fetch({ workspace, provider: 'test' }, `http://${host}:${port}${path}`, {
    ...request,
    limits: { firstWaitMs: 10, perSecond: 1000, ...request.limits },
  });
const calls = async () =>
  (
    await openKysely<OutboundTables>(program.installation.pool)
      .selectFrom('outbound_call')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(10)
      .execute()
  ).map(({ path, status, attempt, error }) => ({ path, status, attempt, error }));
const fault = (name: string) => expect.objectContaining({ fault: name });

describe('addresses', () => {
  test.each([
    'http://127.0.0.1:PORT/',
    'http://2130706433:PORT/',
    'http://0x7f.1:PORT/',
    'http://0.0.0.0:PORT/',
    'http://[::1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]/',
    'http://[2002:7f00:1::]/',
    'http://[fd00:ec2::254]/',
    'http://[fe80::1]/',
    'http://[ff02::1]/',
    'http://10.0.0.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
  ])('%s is refused', async (address) => {
    const { outbound } = open([]);
    const called = outbound.fetch({ workspace, provider: 'test' }, address.replace('PORT', String(port)));
    await expect(called).rejects.toEqual(fault('forbidden-address'));
    expect(seen).toEqual([]);
  });

  test('a name that leads to a private address is refused, also by the system’s own name service', async () => {
    await expect(get('/', {}, 'inside.test')).rejects.toEqual(fault('forbidden-address'));
    const { outbound } = openOutbound({
      db: openKysely(program.installation.pool),
      log: pino({ level: 'silent' }),
      allowHosts: [],
    });
    await expect(outbound.fetch({ workspace, provider: 'test' }, `http://localhost:${port}/`)).rejects.toEqual(
      fault('forbidden-address'),
    );
    expect(seen).toEqual([]);
  });

  test('a name that changes between two questions is asked once: what was checked is what is connected to', async () => {
    let asked = 0;
    const rebinding: Resolve = async (): Promise<Address[]> => {
      asked++;
      return [{ address: asked === 1 ? '203.0.113.7' : '127.0.0.1', family: 4 }];
    };
    const { outbound } = open(['203.0.113.0/24'], rebinding);
    const limits = { tries: 1, totalMs: 800 };
    await expect(
      outbound.fetch({ workspace, provider: 'test' }, `http://rebind.test:${port}/`, { limits }),
    ).rejects.toMatchObject({ name: 'OutboundError' });
    expect(asked).toBe(1);
    expect(seen).toEqual([]);
  });

  test('a redirect to a private address is refused, and so is another protocol', async () => {
    for (const [to, name] of [
      [`http://127.0.0.1:${port}/secret`, 'forbidden-address'],
      [`http://inside.test:${port}/secret`, 'forbidden-address'],
      ['file:///etc/passwd', 'bad-address'],
      ['gopher://shop.test/', 'bad-address'],
    ] as const) {
      answer = (_request, response) => response.writeHead(302, { location: to }).end();
      await expect(get('/', { limits: { tries: 1 } })).rejects.toEqual(fault(name));
    }
    expect(seen.every((one) => one.url === '/')).toBe(true);
  });
});

describe('redirects', () => {
  test('are followed, without credentials to another origin', async () => {
    answer = (request, response) => {
      if (request.url === '/a') response.writeHead(302, { location: '/b' }).end();
      else if (request.url === '/b') response.writeHead(307, { location: `http://other.test:${port}/c` }).end();
      else response.end('there');
    };
    const done = await get('/a', { headers: { Authorization: 'Bearer abc', 'X-Api-Key': 'k', accept: 'text/plain' } });
    expect(done.body.toString()).toBe('there');
    expect(seen[1]!.headers.authorization).toBe('Bearer abc');
    expect(seen[2]!.headers.authorization).toBeUndefined();
    expect(seen[2]!.headers['x-api-key']).toBeUndefined();
    expect(seen[2]!.headers.accept).toBe('text/plain');
  });

  test('end somewhere, and do not carry a body elsewhere', async () => {
    answer = (_request, response) => response.writeHead(302, { location: '/again' }).end();
    await expect(get('/')).rejects.toEqual(fault('too-many-redirects'));
    answer = (_request, response) => response.writeHead(307, { location: `http://other.test:${port}/` }).end();
    await expect(get('/', { method: 'POST', body: 'card=1' })).rejects.toEqual(fault('bad-answer'));
  });
});

describe('limits', () => {
  test('an answer that never ends is cut off at its size, said or not', async () => {
    let sent = 0;
    answer = (_request, response) => {
      const more = (): void => {
        while (!response.destroyed && sent < 50_000_000) {
          sent += 65_536;
          if (!response.write(Buffer.alloc(65_536))) return void response.once('drain', more);
        }
      };
      more();
    };
    await expect(get('/', { limits: { size: 200_000 } })).rejects.toEqual(fault('too-large'));
    expect(sent).toBeLessThan(20_000_000);
  });

  test('a small answer that unpacks to a huge one is cut off', async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000));
    expect(bomb.length).toBeLessThan(200_000);
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb);
    const before = process.memoryUsage().rss;
    await expect(get('/', { limits: { size: 1_000_000 } })).rejects.toEqual(fault('too-large'));
    expect(process.memoryUsage().rss - before).toBeLessThan(80_000_000);
  });

  test('a packed answer is unpacked, a damaged one is said to be', async () => {
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('привет'));
    expect((await get('/')).body.toString()).toBe('привет');
    answer = (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip');
    await expect(get('/')).rejects.toEqual(fault('bad-answer'));
  });

  test('a slow answer, and one that trickles, end when the time is up', async () => {
    answer = () => {};
    const start = performance.now();
    await expect(get('/', { limits: { totalMs: 300 } })).rejects.toEqual(fault('too-slow'));
    answer = (_request, response) => {
      const drip = setInterval(() => response.write('.'), 50);
      response.on('close', () => clearInterval(drip));
    };
    await expect(get('/', { limits: { totalMs: 300 } })).rejects.toEqual(fault('too-slow'));
    expect(performance.now() - start).toBeLessThan(2000);
  });

  test('calls to one host are spaced', async () => {
    const { outbound } = open();
    const start = performance.now();
    const one = () =>
      outbound.fetch({ workspace, provider: 'test' }, `http://shop.test:${port}/`, { limits: { perSecond: 10 } });
    await Promise.all(Array.from({ length: 5 }, one));
    expect(performance.now() - start).toBeGreaterThan(380);
  });
});

describe('repeating', () => {
  const failing = (times: number, headers: Record<string, string> = {}) => {
    let left = times;
    answer = (_request, response) => (left-- > 0 ? response.writeHead(503, headers).end() : response.end('at last'));
  };

  test('is for calls that may be made twice', async () => {
    failing(2);
    expect((await get('/')).body.toString()).toBe('at last');
    expect(seen).toHaveLength(3);
    seen = [];
    failing(1);
    expect((await get('/', { method: 'POST', body: '1' })).status).toBe(503);
    expect(seen).toHaveLength(1);
    failing(1);
    const keyed = await get('/', { method: 'POST', body: '1', headers: { 'Idempotency-Key': 'k1' } });
    expect(keyed.status).toBe(200);
  });

  test('waits as long as Retry-After says, in seconds or as a date', async () => {
    failing(1, { 'retry-after': '1' });
    const start = performance.now();
    await get('/');
    expect(performance.now() - start).toBeGreaterThan(950);
    answer = (_request, response) =>
      seen.length === 1 || seen.length === 3
        ? response.writeHead(429, { 'retry-after': new Date(Date.now() + 2000).toUTCString() }).end()
        : response.end('at last');
    seen = [];
    const again = performance.now();
    await get('/');
    expect(performance.now() - again).toBeGreaterThan(900);
  });

  test('does not wait for a Retry-After beyond the bound: the caller is told', async () => {
    failing(9, { 'retry-after': '3600' });
    const start = performance.now();
    expect(await get('/')).toMatchObject({ status: 503, retryAfterMs: 3_600_000 });
    expect(performance.now() - start).toBeLessThan(500);
    expect(seen).toHaveLength(1);
  });

  test('follows a connection that breaks', async () => {
    answer = (request, response) => (seen.length < 3 ? void request.socket.destroy() : response.end('at last'));
    expect((await get('/')).body.toString()).toBe('at last');
  });
});

describe('the log of calls', () => {
  test('tells what happened, each try by itself, and no secret', async () => {
    redactor.learn('s3cret-token-xyz');
    answer = (_request, response) =>
      seen.length < 2 ? response.writeHead(500).end('no') : response.end('s3cret-token-xyz');
    await get('/bot/s3cret-token-xyz/send?api_key=abcdef', { headers: { authorization: 'Bearer s3cret-token-xyz' } });
    const [last, first] = await calls();
    expect(first).toMatchObject({ path: '/bot/[hidden]/send', status: 500, attempt: 1 });
    expect(last).toMatchObject({ path: '/bot/[hidden]/send', status: 200, attempt: 2 });
    const { rows } = await program.installation.pool.query('SELECT * FROM outbound_call');
    expect(JSON.stringify(rows)).not.toMatch(/s3cret|abcdef/);
  });

  test('tells a refusal too, and is kept for 30 days', async () => {
    await expect(get('/x', {}, 'inside.test')).rejects.toThrow();
    expect((await calls())[0]).toMatchObject({
      path: '/x',
      status: null,
      error: expect.stringContaining('ALLOW_HOSTS'),
    });
    const { callLog } = open();
    await program.installation.pool.query("UPDATE outbound_call SET at = now() - interval '31 days' WHERE path = '/x'");
    const before = (await program.installation.pool.query('SELECT id FROM outbound_call')).rowCount!;
    await callLog.forgetOld();
    expect((await program.installation.pool.query('SELECT id FROM outbound_call')).rowCount).toBe(before - 1);
    await sleep(0);
  });
});
