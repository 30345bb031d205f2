// "Look around": a workspace of its own whose figures come through the real collector, day by day, so that it is also a trial
// of the whole path from a browser's request to a report.
import { writeAudit } from '../../../platform/audit/audit.ts';
import type { Flusher } from '../../../platform/events/flusher.ts';
import { addMember, createWorkspace } from '../../../platform/workspaces/workspaces.ts';
import type { Collector } from '../collect/collector.ts';
import type { RollUps } from '../report/rollups.ts';
import { createSite, type Db } from '../sites/sites.ts';
import { DEMO_SITE, shopRequests } from './shop.ts';

const DAYS = 62;
const PER_DAY = 170;
const SEED = 7;
const DAY_MS = 86_400_000;

export interface DemoStatus {
  workspace: string | null;
  /** 0–1 */
  done: number;
  ready: boolean;
}

interface DemoParts {
  db: Db;
  collector: Collector;
  flusher: Flusher;
  rollUps: RollUps;
  /** what other modules add to the demo company; `until` in milliseconds UTC, a midnight */
  more(of: { workspace: string; site: string; until: number; days: number }): Promise<void>;
}

export class DemoCompany {
  readonly #parts: DemoParts;
  #filling: Promise<void> | undefined;
  #done = 0;

  constructor(parts: DemoParts) {
    this.#parts = parts;
  }

  /** Lets the user into the demo company, and begins to fill it when it is new or a start was cut off. */
  async start(user: { id: string; email: string }): Promise<DemoStatus & { workspace: string }> {
    const { db } = this.#parts;
    const workspace = (await this.#find()) ?? (await this.#make(user));
    await addMember(db, workspace, user.id, 'marketer');
    await this.fill(workspace);
    return { ...(await this.status()), workspace };
  }

  async status(): Promise<DemoStatus> {
    const workspace = await this.#find();
    if (!workspace) return { workspace: null, done: 0, ready: false };
    const ready = await this.#isFull(workspace);
    return { workspace, done: ready ? 1 : this.#done, ready };
  }

  async #find(): Promise<string | null> {
    const row = await this.#parts.db
      .selectFrom('workspace')
      .select('id')
      .where('demo', '=', true)
      .limit(1)
      .executeTakeFirst();
    return row?.id ?? null;
  }

  async #make(user: { id: string; email: string } | null): Promise<string> {
    const { db } = this.#parts;
    const who = user?.email ?? 'command line';
    const workspace = await createWorkspace(
      db,
      { name: 'Nord Outfitters', currency: 'EUR', timeZone: 'Europe/Berlin', language: 'en', legalProfile: 'eu' },
      { owner: user?.id ?? null, who, demo: true },
    );
    await createSite(db, workspace, DEMO_SITE, who);
    return workspace;
  }

  /** The demo company without a person, for the command line. */
  async makeAlone(onProgress: (done: number) => void): Promise<string> {
    const workspace = (await this.#find()) ?? (await this.#make(null));
    await this.fill(workspace, onProgress);
    await this.#filling;
    return workspace;
  }

  async #isFull(workspace: string): Promise<boolean> {
    const row = await this.#parts.db
      .selectFrom('audit')
      .select('id')
      .where('workspace', '=', workspace)
      .where('action', '=', 'demo.filled')
      .limit(1)
      .executeTakeFirst();
    return Boolean(row);
  }

  async fill(workspace: string, onProgress?: (done: number) => void): Promise<void> {
    if (this.#filling || (await this.#isFull(workspace))) return;
    this.#filling = this.#fill(workspace, onProgress).finally(() => {
      this.#filling = undefined;
    });
    // a start that is cut off is taken up by the next call: ids come from the seed, so nothing is stored twice
    this.#filling.catch(() => {});
  }

  async #fill(workspace: string, onProgress?: (done: number) => void): Promise<void> {
    const { db, collector, flusher, rollUps } = this.#parts;
    const site = await db
      .selectFrom('site')
      .select(['id', 'key', 'host'])
      .where('workspace', '=', workspace)
      .executeTakeFirstOrThrow();
    const made = await db
      .selectFrom('workspace')
      .select('created_at')
      .where('id', '=', workspace)
      .executeTakeFirstOrThrow();
    const until = Math.floor(made.created_at.getTime() / DAY_MS) * DAY_MS;
    for (const { day, requests } of shopRequests({
      seed: SEED,
      siteKey: site.key,
      until,
      days: DAYS,
      perDay: PER_DAY,
      currency: 'EUR',
    })) {
      // the collector takes each request as of the moment it would have come
      await Promise.all(
        requests.map(({ at, address, userAgent, body }) =>
          collector.fromBrowser(Buffer.from(JSON.stringify(body)), { address, userAgent }, at),
        ),
      );
      if (day % 8 === 7) await flusher.flush();
      this.#done = (day + 1) / (DAYS + 4);
      onProgress?.(this.#done);
    }
    await flusher.flush();
    await this.#parts.more({ workspace, site: site.id, until, days: DAYS });
    await rollUps.rebuild({ workspace });
    await writeAudit(db, { workspace, who: 'Tradewind', action: 'demo.filled', target: site.host });
    this.#done = 1;
    onProgress?.(1);
  }
}
