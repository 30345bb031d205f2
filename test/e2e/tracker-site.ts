// A recorder that answers like the collector and a site to try the tracker on: two node:http servers
// on two origins, so that what works here works across origins too.
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { ConsentProof, ConsentText, Envelope, TrackedEvent } from '../../src/tracker/wire.ts';

export const SITE_KEY = 'SITE1';

export interface Lab {
  site: string;
  stats: string;
  envelopes: Envelope[];
  proofs: ConsentProof[];
  /** where envelopes were posted to, in order of arrival */
  paths: string[];
  /** every event received, in order of arrival */
  events(): TrackedEvent[];
  named(name: string): TrackedEvent[];
  /** resolves when `done` holds, or fails after five seconds */
  until(done: () => boolean, what: string): Promise<void>;
  answer: 'ok' | 'broken' | 'busy';
  consent: ConsentText;
  /** what the browser of this test calls itself: what a page of an earlier test still sends is not its own */
  browserName: string;
  reset(): void;
  close(): Promise<void>;
}

const CONSENT: ConsentText = {
  version: '3',
  language: 'en',
  title: 'May we remember you?',
  text: 'With your consent we keep an id in this browser.',
  accept: 'Accept',
  decline: 'Decline',
  policyUrl: 'https://shop.example/privacy',
  mode: 'opt-in',
};

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; port: number }> {
  return new Promise((resolve) => {
    const server = createServer(handle);
    server.listen(0, () => resolve({ server, port: (server.address() as AddressInfo).port }));
  });
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Pages by path: a path not listed gets the plain page. `csp` is a Content-Security-Policy with `STATS` for the stats origin. */
export interface SitePage {
  html: string;
  csp?: string;
}

export async function openLab(scripts: string, pages: Record<string, SitePage>): Promise<Lab> {
  const lab: Lab = {
    site: '',
    stats: '',
    envelopes: [],
    proofs: [],
    paths: [],
    answer: 'ok',
    browserName: 'Lab/0',
    consent: { ...CONSENT },
    events: () => lab.envelopes.flatMap((envelope) => envelope.events),
    named: (name) => lab.events().filter((event) => event.name === name),
    async until(done, what) {
      for (let i = 0; i < 100; i++) {
        if (done()) return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      throw new Error(
        `Not seen in five seconds: ${what}. Received: ${JSON.stringify(lab.events().map((e) => e.name))}`,
      );
    },
    reset() {
      lab.envelopes.length = 0;
      lab.proofs.length = 0;
      lab.paths.length = 0;
      lab.answer = 'ok';
      lab.consent = { ...CONSENT };
    },
    async close() {
      for (const { server } of [stats, site]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };

  async function collect(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'OPTIONS') throw new Error('The tracker caused a preflight request.');
    const body = await bodyOf(request);
    const from = request.headers['user-agent'] ?? '';
    if (from.startsWith('Lab/') && from !== lab.browserName) {
      response.writeHead(202).end();
      return;
    }
    if (lab.answer === 'broken') {
      request.socket.destroy();
      return;
    }
    if (lab.answer === 'ok') {
      if (!request.headers['content-type']?.startsWith('text/plain'))
        throw new Error('Content-Type is not text/plain.');
      if (request.url?.endsWith('/consent')) lab.proofs.push(JSON.parse(body) as ConsentProof);
      else {
        lab.paths.push(request.url ?? '');
        lab.envelopes.push(JSON.parse(body) as Envelope);
      }
    }
    response.writeHead(lab.answer === 'busy' ? 503 : 202).end();
  }

  const stats = await listen((request, response) => {
    response.setHeader('Access-Control-Allow-Origin', '*');
    const url = request.url ?? '/';
    const script = /\/(tw[a-z-]*\.js)$/.exec(url)?.[1] ?? (url.startsWith('/assets/a1.js?') ? 'tw.js' : undefined);
    if (script) {
      response.setHeader('Content-Type', 'text/javascript');
      response.end(readFileSync(path.join(scripts, script)));
    } else if (request.method === 'GET' && url.includes('/collect/consent/')) {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify(lab.consent));
    } else collect(request, response).catch((error: unknown) => response.writeHead(400).end(String(error)));
  });
  // Not the site's host name: another origin and, unlike another port alone, other cookies.
  lab.stats = `http://127.0.0.1:${stats.port}`;

  const site = await listen((request, response) => {
    const found = pages[(request.url ?? '/').split('?')[0] ?? '/'] ?? pages['/'];
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    if (found?.csp) response.setHeader('Content-Security-Policy', found.csp.replaceAll('STATS', lab.stats));
    response.end((found?.html ?? '').replaceAll('STATS', lab.stats));
  });
  lab.site = `http://localhost:${site.port}`;
  return lab;
}
