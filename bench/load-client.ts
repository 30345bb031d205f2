// The load generator, a process of its own: keep-alive connections over raw sockets, one request under way on each, bodies
// made of prepared buffers. Prints one line of JSON. Started by bench/ingest.ts, which passes its settings as JSON.
import { createWriteStream } from 'node:fs';
import { connect, type Socket } from 'node:net';

export interface LoadSettings {
  port: number;
  key: string;
  connections: number;
  seconds: number;
  /** numbers of events begin here, so that no two runs share an id */
  firstId: number;
  /** file that gets the ids (hex, one a line) of acknowledged events; '' keeps none */
  acknowledged: string;
  /** connect again and send again what was not acknowledged, instead of failing */
  persist: boolean;
}

export interface LoadResult {
  acknowledged: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  failed: number;
}

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/139.0.0.0 Safari/537.36',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:142.0) Gecko/20100101 Firefox/142.0',
];
const VISITORS = 20_000;
const PAGES = 500;
const RETRY_MS = 50;

const settings = JSON.parse(process.argv[2] ?? '{}') as LoadSettings;
const log = settings.acknowledged ? createWriteStream(settings.acknowledged) : null;
const latencies: number[] = [];
let next = settings.firstId;
let failed = 0;
const began = performance.now();
const end = began + settings.seconds * 1000;

/** UUIDs of version 4's shape that count upwards. */
const idOf = (n: number): string => {
  const hex = n.toString(16).padStart(12, '0');
  return `7ade0000-0000-4000-8000-${hex}`;
};

function requestOf(id: string, n: number): Buffer {
  const visitor = (n * 7919) % VISITORS;
  const now = Date.now();
  const url = `https://shop.example/page-${(n * 31) % PAGES}?utm_source=newsletter&utm_campaign=c${n % 20}`;
  const body = `{"site":"${settings.key}","sent":${now},"events":[{"id":"${id}","name":"page_view","at":${now},"url":"${url}","referrer":"https://www.google.com/","title":"Page ${n % PAGES}","language":"de-DE","width":1440}]}`;
  const address = `198.${(visitor >> 16) & 255}.${(visitor >> 8) & 255}.${visitor & 255}`;
  return Buffer.from(
    `POST /collect HTTP/1.1\r\nHost: shop.example\r\nContent-Type: text/plain;charset=UTF-8\r\nUser-Agent: ${AGENTS[visitor % AGENTS.length]}\r\nX-Forwarded-For: ${address}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** One connection's life; resolves when the time is up and nothing of it waits. */
function work(): Promise<void> {
  return new Promise((resolve) => {
    let socket: Socket | undefined;
    let id = '';
    let request: Buffer = Buffer.alloc(0);
    let sent = 0;
    let buffered = '';
    let done = false;

    const finish = (): void => {
      done = true;
      socket?.destroy();
      resolve();
    };
    const send = (fresh: boolean): void => {
      if (fresh) {
        if (performance.now() >= end) {
          finish();
          return;
        }
        const n = next++;
        id = idOf(n);
        request = requestOf(id, n);
      }
      sent = performance.now();
      socket?.write(request);
    };
    const take = (chunk: Buffer): void => {
      buffered += chunk.toString('latin1');
      const head = buffered.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length: *(\d+)/i.exec(buffered.slice(0, head))?.[1] ?? 0);
      if (buffered.length < head + 4 + length) return;
      const status = buffered.slice(9, 12);
      const answer = buffered;
      buffered = '';
      if (status === '202') {
        latencies.push(performance.now() - sent);
        log?.write(`${id}\n`);
        send(true);
        return;
      }
      failed++;
      if (!settings.persist) throw new Error(`Answered ${answer.slice(0, 400)}`);
      setTimeout(() => send(false), RETRY_MS);
    };
    const open = (fresh: boolean): void => {
      buffered = '';
      const made = connect({ port: settings.port, host: '127.0.0.1', noDelay: true });
      socket = made;
      made.once('connect', () => send(fresh));
      made.on('data', take);
      made.on('error', () => {});
      made.once('close', () => {
        if (done) return;
        failed++;
        if (!settings.persist) throw new Error('The server closed a connection');
        setTimeout(() => open(id === ''), RETRY_MS);
      });
    };
    open(true);
  });
}

await Promise.all(Array.from({ length: settings.connections }, work));
const seconds = (performance.now() - began) / 1000;
latencies.sort((a, b) => a - b);
const at = (share: number): number => latencies[Math.floor((latencies.length - 1) * share)] ?? 0;
await new Promise<void>((resolve) => (log ? log.end(resolve) : resolve()));
const result: LoadResult = {
  acknowledged: latencies.length,
  seconds,
  perSecond: latencies.length / seconds,
  p50: at(0.5),
  p99: at(0.99),
  failed,
};
console.log(JSON.stringify(result));
