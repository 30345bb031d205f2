// What whoever runs Tradewind watches, for Prometheus: requests, events taken and not yet flushed, work in line, changes not
// yet handed over, engines. Gauges are asked of the databases when they are scraped, each by a query over an index.
import { timingSafeEqual } from 'node:crypto';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { outboxLag } from '../outbox/outbox.ts';

export interface MetricsParts {
  pool: pg.Pool;
  spool: { folder: string; pendingRows: number; segments(): string[] };
  ready(): Promise<{ postgres: boolean; clickhouse: boolean }>;
  version: string;
}

export class Metrics {
  readonly registry = new Registry();
  readonly #requests: Histogram<'method' | 'route' | 'status'>;
  readonly #collected: Counter<'outcome'>;

  constructor(parts: MetricsParts) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.#requests = new Histogram({
      name: 'tradewind_http_request_duration_seconds',
      help: 'Time from a request to its answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.02, 0.1, 0.3, 1, 3, 10],
      registers,
    });
    this.#collected = new Counter({
      name: 'tradewind_collect_requests_total',
      help: 'Requests with events: accepted (synced to disk), rejected (bad input), failed (not kept)',
      labelNames: ['outcome'],
      registers,
    });
    new Gauge({ name: 'tradewind_info', help: 'Version', labelNames: ['version'], registers }).set(
      { version: parts.version },
      1,
    );
    watch(registers, 'tradewind_spool_bytes', 'Bytes of events on disk, not yet in ClickHouse', () => {
      const sizes = parts.spool.segments().map((name) => sizeOf(join(parts.spool.folder, name)));
      return sizes.reduce((sum, size) => sum + size, 0);
    });
    watch(registers, 'tradewind_spool_events', 'Events taken by this process, not yet handed to the flusher', () =>
      Number(parts.spool.pendingRows),
    );
    const lag = async (key: 'waiting' | 'failing' | 'oldestSeconds'): Promise<number> =>
      Number((await outboxLag(parts.pool))[key]);
    watch(registers, 'tradewind_outbox_waiting', 'Changes not yet handed over', () => lag('waiting'));
    watch(registers, 'tradewind_outbox_failing', 'Changes that could not be handed over and wait', () =>
      lag('failing'),
    );
    watch(registers, 'tradewind_outbox_oldest_seconds', 'Age of the oldest change that waits', () =>
      lag('oldestSeconds'),
    );
    new Gauge({
      name: 'tradewind_jobs',
      help: 'Runs of background work by state, of the last 30 days',
      labelNames: ['state'],
      registers,
      async collect() {
        this.reset();
        const found = await parts.pool.query<{ state: string; n: string }>(
          'SELECT state, count(*) AS n FROM job_run GROUP BY state',
        );
        for (const { state, n } of found.rows) this.set({ state }, Number(n));
      },
    });
    new Gauge({
      name: 'tradewind_engine_up',
      help: '1 when the engine answers',
      labelNames: ['engine'],
      registers,
      async collect() {
        const ready = await parts.ready();
        this.set({ engine: 'postgres' }, ready.postgres ? 1 : 0);
        this.set({ engine: 'clickhouse' }, ready.clickhouse ? 1 : 0);
      },
    });
  }

  /** Counts every request of the server by its route, never by its address: ids in it would make a series each. */
  watchRequests(app: FastifyInstance): void {
    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none';
      const status = `${Math.floor(reply.statusCode / 100)}xx`;
      this.#requests.observe({ method: request.method, route, status }, reply.elapsedTime / 1000);
      if (!/\/(collect|events)$/.test(route) || request.method !== 'POST') return;
      const outcome = reply.statusCode < 300 ? 'accepted' : reply.statusCode < 500 ? 'rejected' : 'failed';
      this.#collected.inc({ outcome });
    });
  }

  /** GET /metrics for whoever has the token. Values that can't be had (an engine is away) are left out, not the others. */
  serve(app: FastifyInstance, token: string): void {
    app.get('/metrics', async (request, reply) => {
      const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
      if (!same(given, token))
        return reply
          .status(401)
          .header('www-authenticate', 'Bearer')
          .send('Give the metrics token as a bearer token.\n');
      const texts = await Promise.all(
        this.registry
          .getMetricsAsArray()
          .map((metric) => this.registry.getSingleMetricAsString(metric.name).catch(() => '')),
      );
      return reply.type(this.registry.contentType).send(`${texts.filter(Boolean).join('\n')}\n`);
    });
  }
}

function watch(registers: Registry[], name: string, help: string, ask: () => number | Promise<number>): void {
  new Gauge({
    name,
    help,
    registers,
    async collect() {
      this.set(await ask());
    },
  });
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size;
  } catch {
    // flushed meanwhile
    return 0;
  }
}

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};
