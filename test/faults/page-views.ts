// Page views sent over HTTP from several connections without a pause, each until it is acknowledged, always with the same id and
// time; keeps what the server has promised to have stored.
import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { sleep } from './server-process.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const VISITORS = 300;
const PAUSE_MS = 15;
const PATIENCE_MS = 10_000;

interface View {
  id: string;
  visitor: number;
  body: string;
}

export class PageViews {
  readonly acknowledged = new Set<string>();
  /** requests that were answered with anything but 202, or not at all */
  failures = 0;
  readonly #port: number;
  readonly #key: string;
  readonly #agent: Agent;
  readonly #connections: number;
  #going = false;
  #workers: Promise<void>[] = [];
  #made = 0;

  constructor(of: { port: number; key: string; connections: number }) {
    this.#port = of.port;
    this.#key = of.key;
    this.#connections = of.connections;
    this.#agent = new Agent({ keepAlive: true, maxSockets: of.connections });
  }

  start(): void {
    this.#going = true;
    this.#workers = Array.from({ length: this.#connections }, () => this.#work());
  }

  /** Resolves when every page view that was ever sent is acknowledged. */
  async finish(): Promise<void> {
    this.#going = false;
    await Promise.all(this.#workers);
    this.#agent.destroy();
  }

  async #work(): Promise<void> {
    while (this.#going) {
      const view = this.#make();
      while (!(await this.#send(view))) {
        this.failures++;
        await sleep(50);
      }
      this.acknowledged.add(view.id);
      await sleep(PAUSE_MS);
    }
  }

  #make(): View {
    const n = this.#made++;
    const id = randomUUID();
    const event = { id, name: 'page_view', at: Date.now(), url: `https://shop.example/page-${n % 50}`, title: 'Page' };
    return { id, visitor: n % VISITORS, body: JSON.stringify({ site: this.#key, events: [event] }) };
  }

  #send(view: View): Promise<boolean> {
    return new Promise((resolve) => {
      const sent = request(
        {
          agent: this.#agent,
          port: this.#port,
          host: '127.0.0.1',
          method: 'POST',
          path: '/collect',
          timeout: PATIENCE_MS,
          headers: {
            'content-type': 'text/plain',
            'content-length': view.body.length,
            'user-agent': BROWSER,
            'x-forwarded-for': `198.51.${Math.floor(view.visitor / 250)}.${1 + (view.visitor % 250)}`,
          },
        },
        (answer) => {
          answer.resume();
          answer.once('end', () => resolve(answer.statusCode === 202));
          answer.once('error', () => resolve(false));
        },
      );
      sent.once('timeout', () => sent.destroy());
      sent.once('error', () => resolve(false));
      sent.end(view.body);
    });
  }
}
