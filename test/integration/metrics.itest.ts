// What Prometheus is told, to whom, and that a token is asked for.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { company, startServer, type TestServer } from '../support/program.ts';

const TOKEN = 'a-token-of-the-one-who-watches';
let server: TestServer;

beforeAll(async () => {
  server = await startServer({ metricsToken: TOKEN });
});
afterAll(() => server?.stop());

const scrape = (token?: string) =>
  fetch(`${server.url}/metrics`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } });

test('only whoever has the token sees them', async () => {
  expect((await scrape()).status).toBe(401);
  expect((await scrape('a-token-of-the-one-who-watchez')).status).toBe(401);
  const plain = await startServer();
  try {
    const answer = await fetch(`${plain.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } });
    expect(await answer.text()).not.toMatch(/tradewind_/);
  } finally {
    await plain.stop();
  }
});

test('they say what was taken, refused, and how the engines are', async () => {
  const { key } = await company(server.program);
  const body = (events: object[]) => JSON.stringify({ site: key, events });
  const event = { id: 'first-event', name: 'page_view', at: Date.now(), url: 'https://shop.example/' };
  const send = (text: string) => fetch(`${server.url}/collect`, { method: 'POST', body: text });
  expect((await send(body([event]))).status).toBe(202);
  expect((await send('{}')).status).toBe(400);
  await fetch(`${server.url}/healthz`);
  const text = await (await scrape(TOKEN)).text();
  expect(text).toMatch(/^tradewind_collect_requests_total\{outcome="accepted"\} 1$/m);
  expect(text).toMatch(/^tradewind_collect_requests_total\{outcome="rejected"\} 1$/m);
  expect(text).toMatch(
    /^tradewind_http_request_duration_seconds_count\{method="GET",route="\/healthz",status="2xx"\} 1$/m,
  );
  expect(text).toMatch(/^tradewind_engine_up\{engine="postgres"\} 1$/m);
  expect(text).toMatch(/^tradewind_engine_up\{engine="clickhouse"\} 1$/m);
  expect(text).toMatch(/^tradewind_outbox_waiting 0$/m);
  expect(text).toMatch(/^tradewind_spool_bytes \d+$/m);
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  // no name of a company, person or key in any series
  expect(text).not.toContain(key);
});
